# The bot in an image: stage one installs the locked wheels, stage two carries them and the tree, and runs as nobody special.
# Built from the tree alone: docker build -t peace-plan-briefing .
# An index of one's own is named from outside: docker build --secret id=pip,src=pip.conf ...

FROM python:3.11-slim AS wheels
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_NO_INPUT=1
RUN python -m venv /opt/venv
COPY requirements/run.txt /tmp/run.txt
# Wheels only, and only those whose sha256 the lock names: nothing is compiled, nothing else gets in.
RUN --mount=type=secret,id=pip,target=/etc/pip.conf,required=false \
    /opt/venv/bin/python -m pip install --require-hashes --no-deps --only-binary :all: -r /tmp/run.txt

FROM python:3.11-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PYTHONFAULTHANDLER=1 \
    # No system zones are in this image; the locked tzdata package has them all, and the same ones on every machine.
    PYTHONTZPATH="" \
    OMP_NUM_THREADS=1 \
    BRIEF_DATABASE_URL=sqlite:////data/brief.sqlite3
# A number, so that an orchestrator can see that it is not root; no shell and no home to come back to.
RUN groupadd --system --gid 10001 brief \
    && useradd --system --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin brief \
    && install --directory --owner=10001 --group=10001 --mode=0750 /data
COPY --from=wheels /opt/venv /opt/venv
WORKDIR /app
COPY LICENSE THIRD_PARTY_NOTICES.md ./
COPY digests ./digests
COPY config ./config
COPY bot ./bot
USER 10001:10001
VOLUME /data
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=20s --start-period=90s --retries=3 CMD ["python", "-m", "bot", "doctor", "--quick"]
ENTRYPOINT ["python", "-m", "bot"]
CMD ["run"]

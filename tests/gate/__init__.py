"""Quality floors: the real commands' functions, run on labelled material, measured, and held to what they once reached.

Hides nothing of the product. `material` reads what is labelled, `measures` counts, `runs` calls the bot, `floors` holds.
"""

"""Facts about the bot, with names: unit/, edges/, scenarios/, gate/."""

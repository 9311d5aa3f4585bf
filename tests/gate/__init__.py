"""Quality floors: the measuring commands at work on labelled material, and held to what they once reached.

Hides nothing of the product: `material` reads labels, `measures` counts, `runs` calls the bot, `floors` holds.
"""

"""The player: stays mounted, asks for numbers when it runs short, knows no mathematics."""

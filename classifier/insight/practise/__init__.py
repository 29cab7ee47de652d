"""Problems to do by hand: made from a level and a seed, answered entry by entry, and told which mistake it was."""

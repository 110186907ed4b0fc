"""How days are written where Django has no name for it, language by language."""

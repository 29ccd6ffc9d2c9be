"""Who says what in an article: passages in quotation marks, and the stretches that a speaker
answers for."""

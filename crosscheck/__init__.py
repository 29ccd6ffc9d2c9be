"""crosscheck: reads several accounts of one event and reports which claims cannot both be true."""

__version__ = "0.1.0"

"""UIMA CAS XMI for INCEpTION, WebAnno and other programs that read UIMA: threads as documents, both ways."""

from discourse.exchange.inception.reading import read
from discourse.exchange.inception.writing import write

__all__ = ["read", "write"]

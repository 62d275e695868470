"""Networks of replies, agreement and quotations: counted once, written as GEXF or GraphML."""

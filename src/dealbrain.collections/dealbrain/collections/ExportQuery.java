package dealbrain.collections;

import dealbrain.http.Default;

/** The query of an export. */
public record ExportQuery(@Default("\"json\"") ExportFormat format) {}

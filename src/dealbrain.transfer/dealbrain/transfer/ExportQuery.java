package dealbrain.transfer;

import dealbrain.json.Default;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The query of an export; {@code cursor} is the member {@code next} of the file before. */
record ExportQuery(
        @Default("\"json\"") ExportFormat format,
        @Nullable @Size(max = 1000) String cursor) {}

package dealbrain.transfer;

import dealbrain.json.Default;
import org.jspecify.annotations.Nullable;

/**
 * The query of an import; a dry run checks the file and changes nothing.
 *
 * @param collectionId the collection to which the items are appended; null for a new one
 */
record ImportQuery(
        @Default("false") boolean dryRun, @Nullable Long collectionId) {}

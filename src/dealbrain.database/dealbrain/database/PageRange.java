package dealbrain.database;

import org.jspecify.annotations.Nullable;

/**
 * Which rows of a list a statement returns.
 *
 * @param offset  the number of rows before the page
 * @param maxRows the number of rows after which counting stops; null to count all, 0 to count none
 */
public record PageRange(int limit, int offset, @Nullable Long maxRows) {}

package dealbrain.shares;

import dealbrain.collections.PublicCollection;

/** A collection behind a link, and the link: what views are counted for, and whether it still holds. */
record SharedCollection(long shareId, boolean expired, PublicCollection collection) {
}

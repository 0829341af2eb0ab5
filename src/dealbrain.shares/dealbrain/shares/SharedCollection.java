package dealbrain.shares;

import dealbrain.collections.PublicCollection;

/**
 * A collection behind a link, as one statement read it.
 *
 * @param shareId what views are counted for, besides the collection itself
 * @param ownerId of the collection, whose name is shown
 */
record SharedCollection(long shareId, boolean expired, long ownerId, Life life, PublicCollection collection) {}

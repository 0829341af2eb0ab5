package dealbrain.shares;

import dealbrain.collections.PublicCollection;

/**
 * A collection behind a link, as one statement read it.
 *
 * @param shareId what views are counted for, besides the collection itself
 * @param ownerId of the collection, whose name is shown
 */
record CollectionShareTarget(
        long shareId, boolean expired, long ownerId, ShareValidity validity, PublicCollection collection) {}

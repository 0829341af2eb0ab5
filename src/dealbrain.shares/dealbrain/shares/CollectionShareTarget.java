package dealbrain.shares;

import dealbrain.collections.BestDeals;
import dealbrain.collections.PublicCollection;

/**
 * The target of a link to a collection, as one statement reads it.
 *
 * @param shareId the id of the link, whose views are counted besides those of the collection
 * @param ownerId the id of the collection's owner, whose name is shown
 * @param best    the best deals of the whole collection; {@link BestDeals#NONE} if they were not read
 */
record CollectionShareTarget(
        long shareId,
        boolean expired,
        long ownerId,
        ShareValidity validity,
        PublicCollection collection,
        BestDeals best) {}

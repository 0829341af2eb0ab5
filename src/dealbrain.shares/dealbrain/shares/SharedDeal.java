package dealbrain.shares;

import dealbrain.listings.Listing;
import org.jspecify.annotations.Nullable;

/**
 * A listing of a shared collection, as one statement reads it by the collection's link.
 *
 * @param ownerId   the id of the collection's owner
 * @param ownerName the display name of the owner, or the username if there is none
 * @param listing   null if the collection does not contain it
 */
record SharedDeal(
        long shareId,
        boolean expired,
        ShareValidity validity,
        long collectionId,
        String collectionName,
        long ownerId,
        String ownerName,
        @Nullable Listing listing) {}

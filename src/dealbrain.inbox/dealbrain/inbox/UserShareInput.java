package dealbrain.inbox;

import dealbrain.accounts.User;
import dealbrain.json.Default;
import dealbrain.json.InputError;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body that shares a listing with another user, whose id or username is given, but not both. */
record UserShareInput(
        @Nullable Long recipientId,
        @Nullable @Size(min = 1, max = 64) String recipientUsername,
        long listingId,
        @Nullable @Size(max = 500) String message,
        @Default("30") @Min(1) @Max(90) int expiresInDays) {

    /**
     * Returns the error of the recipient, if there is one.
     *
     * @param foundId the id of the user that the input names; null if there is no such user
     */
    Optional<InputError> recipientError(User sender, @Nullable Long foundId) {
        if (recipientId != null && recipientUsername != null) {
            return Optional.of(InputError.at(
                    "/recipient_username", "recipient_username must be left out if there is a recipient_id"));
        }
        if (recipientId == null && recipientUsername == null) {
            return Optional.of(InputError.at("/recipient_id", "recipient_id or recipient_username is required"));
        }
        if (foundId == null) {
            return Optional.of(unknownRecipient());
        }
        return foundId == sender.id() ? Optional.of(recipientError("must be another user, was you")) : Optional.empty();
    }

    InputError unknownRecipient() {
        return recipientError(
                recipientId != null
                        ? "must be the id of a user, was " + recipientId
                        : "must be the name of a user, was " + recipientUsername);
    }

    private InputError recipientError(String rule) {
        String member = recipientId != null ? "recipient_id" : "recipient_username";
        return InputError.at("/" + member, member + " " + rule);
    }

    InputError unknownListing() {
        return InputError.at("/listing_id", "listing_id must be the id of a listing, was " + listingId);
    }
}

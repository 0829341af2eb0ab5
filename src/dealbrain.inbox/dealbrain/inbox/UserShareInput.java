package dealbrain.inbox;

import dealbrain.json.Default;
import dealbrain.json.InputError;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A listing for another user, who is named by exactly one of id and username. */
public record UserShareInput(
        @Nullable Long recipientId,
        @Nullable @Size(min = 1, max = 64) String recipientUsername,
        long listingId,
        @Nullable @Size(max = 500) String message,
        @Default("30") @Min(1) @Max(90) int expiresInDays) {

    /** What is wrong with the recipient, by the id of the user that is meant and that of the sender. */
    Optional<InputError> recipientError(@Nullable Long meant, long senderId) {
        if (recipientId != null && recipientUsername != null) {
            return Optional.of(InputError.at(
                    "/recipient_username", "recipient_username must be left out where there is a recipient_id"));
        }
        if (recipientId == null && recipientUsername == null) {
            return Optional.of(InputError.at("/recipient_id", "recipient_id or recipient_username is required"));
        }
        if (meant == null) {
            return Optional.of(unknownRecipient());
        }
        return meant == senderId ? Optional.of(recipient("must be somebody else, was you")) : Optional.empty();
    }

    InputError unknownRecipient() {
        return recipient(
                recipientId != null
                        ? "must be the id of a user, was " + recipientId
                        : "must be the name of a user, was " + recipientUsername);
    }

    private InputError recipient(String rule) {
        String member = recipientId != null ? "recipient_id" : "recipient_username";
        return InputError.at("/" + member, member + " " + rule);
    }

    InputError unknownListing() {
        return InputError.at("/listing_id", "listing_id must be the id of a listing, was " + listingId);
    }
}

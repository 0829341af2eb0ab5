package dealbrain.accounts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What users may change of themselves; a new password needs the current one. */
public record UserChange(
        @Nullable
        @Size(min = 1, max = 100)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String displayName,

        @Nullable
        @Size(min = 3, max = 254)
        @Pattern(regexp = SignUp.EMAIL)
        @JsonPropertyDescription("an e-mail address")
        String email,

        @Nullable @Size(min = 10, max = 200) String password,
        @Nullable @Size(max = 200) String currentPassword) {

    static UserChange of(User user) {
        return new UserChange(user.displayName(), user.email(), null, null);
    }

    @Override
    public String toString() {
        return "UserChange[" + displayName + "]";
    }
}

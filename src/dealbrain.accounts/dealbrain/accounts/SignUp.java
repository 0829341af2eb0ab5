package dealbrain.accounts;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The input that makes a user. */
public record SignUp(
        @Pattern(regexp = "^[A-Za-z0-9_.-]{2,64}$")
        @JsonPropertyDescription("2 to 64 of the characters A-Z a-z 0-9 _ . -")
        String username,

        @Size(min = 10, max = 200) String password,

        @Nullable @Size(min = 3, max = 254) @Pattern(regexp = EMAIL) @JsonPropertyDescription("an e-mail address")
        String email,

        @Nullable
        @Size(min = 1, max = 100)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String displayName) {
    /** Of an empty text its length is complained about. Found anywhere, as the patterns of JSON Schema are not anchored. */
    static final String EMAIL = "^[^@\\s]+@[^@\\s]+$";

    @Override
    public String toString() {
        return "SignUp[" + username + "]";
    }
}

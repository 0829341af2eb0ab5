package dealbrain.accounts;

import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The input that makes a token. */
public record SignIn(
        @Size(max = 200) String username,
        @Size(max = 200) String password,
        @Nullable @Size(min = 1, max = 100) String name,
        @Default("\"write\"") Scope scope,
        @Nullable @Min(1) @Max(3650) Integer expiresInDays) {

    @Override
    public String toString() {
        return "SignIn[" + username + "]";
    }
}

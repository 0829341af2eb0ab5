package dealbrain.listings;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.FreeForm;
import dealbrain.json.Default;
import dealbrain.json.InputError;
import dealbrain.json.TextPatterns;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The input of a listing; parts are given by their ids. */
public record ListingInput(
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String title,

        @Nullable @Size(max = 2048) @Pattern(regexp = WEB) @JsonPropertyDescription(WEB_ADDRESS)
        String listingUrl,

        @Nullable @Size(min = 1, max = 255) String seller,

        @Nullable @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 2)
        BigDecimal priceUsd,

        @Nullable Instant priceDate,
        @Default("\"used\"") Condition condition,
        @Default("\"active\"") ListingStatus status,
        @Nullable @Size(min = 1, max = 100) String marketplace,
        @Nullable @Size(min = 1, max = 255) String vendorItemId,
        @Nullable @Size(min = 1, max = 255) String deviceModel,
        @Nullable @Size(min = 1, max = 100) String manufacturer,
        @Nullable @Size(min = 1, max = 100) String series,
        @Nullable @Size(min = 1, max = 100) String modelNumber,
        @Nullable @Size(min = 1, max = 100) String formFactor,
        @Nullable @Min(0) @Max(65_536) Integer ramGb,
        @Nullable @Min(0) @Max(1_000_000) Integer primaryStorageGb,
        @Nullable @Min(0) @Max(1_000_000) Integer secondaryStorageGb,

        @Nullable @Size(max = 2048) @Pattern(regexp = WEB) @JsonPropertyDescription(WEB_ADDRESS)
        String thumbnailUrl,

        @Nullable @Size(max = 5000) String notes,
        @Default("{}") ObjectNode attributes,

        @Nullable @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 2)
        BigDecimal adjustedPriceUsd,

        @Nullable @DecimalMin("0") @DecimalMax("100000") @Digits(integer = 6, fraction = 4)
        BigDecimal scoreComposite,

        @Nullable @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 4)
        BigDecimal perfPerWatt,

        @Nullable Long cpuId,
        @Nullable Long gpuId,
        @Nullable Long portsProfileId,
        @Nullable Long activeProfileId,
        @Nullable Long rulesetId,
        @Nullable Long ramSpecId,
        @Nullable Long primaryStorageProfileId,
        @Nullable Long secondaryStorageProfileId) {
    public static final String WEB = "^https?://[^\\s]+$";

    /** The pattern in words; a text that is empty breaks the minimum length instead. */
    public static final String WEB_ADDRESS = "an http or https address";

    /** The range that RFC 3339 can express, from a time before which no price is useful. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Returns the errors that the schema cannot express, each at {@code pointer} and the name of the member. */
    List<InputError> errors(String pointer) {
        return errors(pointer, attributes, priceDate);
    }

    /** Returns the errors of members that the schema cannot express, for all inputs that have them. */
    public static List<InputError> errors(String pointer, ObjectNode attributes, @Nullable Instant priceDate) {
        List<InputError> errors = new ArrayList<>(FreeForm.errors(pointer + "/attributes", attributes));
        if (priceDate != null && (priceDate.isBefore(EARLIEST) || priceDate.isAfter(LATEST))) {
            errors.add(InputError.at(
                    pointer + "/price_date",
                    "price_date must be between " + EARLIEST + " and " + LATEST + ", was " + priceDate));
        }
        return errors;
    }
}

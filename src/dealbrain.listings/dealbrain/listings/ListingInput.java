package dealbrain.listings;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.FreeForm;
import dealbrain.catalog.RamSpecInput;
import dealbrain.catalog.StorageProfileInput;
import dealbrain.database.Computed;
import dealbrain.json.Default;
import dealbrain.json.InputError;
import dealbrain.json.TextOr;
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
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The input of a listing. A part is given by its id or by its name; memory and drives also by their members. The names
 * are no columns: {@link ListingParts} replaces them by ids.
 */
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
        @Nullable Condition condition,
        @Default("\"active\"") ListingStatus status,
        @Nullable @Size(min = 1, max = MAX_MARKETPLACE) String marketplace,
        @Nullable @Size(min = 1, max = MAX_VENDOR_ITEM_ID) String vendorItemId,
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
        @Nullable Long secondaryStorageProfileId,

        @Computed @JsonInclude(NON_NULL) @Nullable @Size(min = 1, max = 255)
        String cpu,

        @Computed @JsonInclude(NON_NULL) @Nullable @Size(min = 1, max = 255)
        String gpu,

        @Computed @JsonInclude(NON_NULL) @Nullable @Size(min = 1, max = 255)
        String portsProfile,

        @Computed @JsonInclude(NON_NULL) @Nullable @Size(min = 1, max = 255)
        String activeProfile,

        @Computed @JsonInclude(NON_NULL) @Nullable @Size(min = 1, max = 255)
        String ruleset,

        @Computed @JsonInclude(NON_NULL) @Nullable @TextOr(RamSpecInput.class)
        JsonNode ramSpec,

        @Computed @JsonInclude(NON_NULL) @Nullable @TextOr(StorageProfileInput.class)
        JsonNode primaryStorageProfile,

        @Computed @JsonInclude(NON_NULL) @Nullable @TextOr(StorageProfileInput.class)
        JsonNode secondaryStorageProfile) {
    public ListingInput {
        listingUrl = WebAddress.normalized(listingUrl);
        thumbnailUrl = WebAddress.normalized(thumbnailUrl);
        ramSpec = absentIfNull(ramSpec);
        primaryStorageProfile = absentIfNull(primaryStorageProfile);
        secondaryStorageProfile = absentIfNull(secondaryStorageProfile);
    }

    private static @Nullable JsonNode absentIfNull(@Nullable JsonNode value) {
        return value == null || value.isNull() ? null : value;
    }

    static final int MAX_MARKETPLACE = 100;
    static final int MAX_VENDOR_ITEM_ID = 255;

    public static final String WEB = "^[Hh][Tt][Tt][Pp][Ss]?://[^\\s]+$";

    /** The pattern in words; a text that is empty breaks the minimum length instead. */
    public static final String WEB_ADDRESS = "an http or https address";

    /** The range that RFC 3339 can express, from a time before which no price is useful. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Returns the texts that searches find the listing by. */
    String searchedText() {
        return ListingWords.text(title, deviceModel, manufacturer, series);
    }

    /** Returns whether a part is given by its name or its members. */
    boolean namesParts() {
        return Stream.of(
                        cpu,
                        gpu,
                        portsProfile,
                        activeProfile,
                        ruleset,
                        ramSpec,
                        primaryStorageProfile,
                        secondaryStorageProfile)
                .anyMatch(Objects::nonNull);
    }

    /** Returns whether the listing has the unique key: {@code marketplace} and {@code vendor_item_id}. */
    boolean hasVendorItem() {
        return marketplace != null && vendorItemId != null;
    }

    /** Returns whether both parts of the unique key are equal. */
    boolean hasVendorItemOf(ListingInput other) {
        return Objects.equals(marketplace, other.marketplace) && Objects.equals(vendorItemId, other.vendorItemId);
    }

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

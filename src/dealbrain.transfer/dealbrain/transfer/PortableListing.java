package dealbrain.transfer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.CpuInput;
import dealbrain.catalog.GpuInput;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PortsProfileInput;
import dealbrain.catalog.RamSpecInput;
import dealbrain.catalog.StorageProfileInput;
import dealbrain.json.Default;
import dealbrain.json.InputError;
import dealbrain.json.TextPatterns;
import dealbrain.listings.Condition;
import dealbrain.listings.ListingInput;
import dealbrain.listings.ListingRelation;
import dealbrain.listings.ListingStatus;
import dealbrain.listings.WebAddress;
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

/**
 * A listing in a file: a {@link ListingInput} with its parts instead of their ids, and with the same rules. Ids in a
 * file are ignored.
 */
@JsonIgnoreProperties({"id", "owner_id"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record PortableListing(
        @Size(min = 1, max = 255)
        @Pattern(regexp = TextPatterns.NOT_BLANK)
        @JsonPropertyDescription(TextPatterns.NOT_BLANK_TEXT)
        String title,

        @Nullable
        @Size(max = 2048)
        @Pattern(regexp = ListingInput.WEB)
        @JsonPropertyDescription(ListingInput.WEB_ADDRESS)
        String listingUrl,

        @Nullable @Size(min = 1, max = 255) String seller,

        @Nullable @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 2)
        BigDecimal priceUsd,

        @Nullable Instant priceDate,
        @Nullable Condition condition,
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

        @Nullable
        @Size(max = 2048)
        @Pattern(regexp = ListingInput.WEB)
        @JsonPropertyDescription(ListingInput.WEB_ADDRESS)
        String thumbnailUrl,

        @Nullable @Size(max = 5000) String notes,
        @Default("{}") ObjectNode attributes,

        @Nullable @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 2)
        BigDecimal adjustedPriceUsd,

        @Nullable @DecimalMin("0") @DecimalMax("100000") @Digits(integer = 6, fraction = 4)
        BigDecimal scoreComposite,

        @Nullable @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 4)
        BigDecimal perfPerWatt,

        @JsonIgnoreProperties("id") @Nullable CpuInput cpu,
        @JsonIgnoreProperties("id") @Nullable GpuInput gpu,
        @JsonIgnoreProperties("id") @Nullable PortsProfileInput portsProfile,
        @JsonIgnoreProperties("id") @Nullable PortableScoringProfile activeProfile,
        @JsonIgnoreProperties("id") @Nullable PortableRuleset ruleset,
        @JsonIgnoreProperties("id") @Nullable RamSpecInput ramSpec,
        @JsonIgnoreProperties("id") @Nullable StorageProfileInput primaryStorageProfile,
        @JsonIgnoreProperties("id") @Nullable StorageProfileInput secondaryStorageProfile) {
    PortableListing {
        listingUrl = WebAddress.normalized(listingUrl);
        thumbnailUrl = WebAddress.normalized(thumbnailUrl);
    }

    /** Returns the part of a relation as it stands in the file; null if there is none. */
    @Nullable
    PartInput part(ListingRelation<?> relation) {
        return switch (relation.member()) {
            case "cpu" -> cpu;
            case "gpu" -> gpu;
            case "ports_profile" -> portsProfile;
            case "active_profile" -> activeProfile == null ? null : activeProfile.input();
            case "ruleset" -> ruleset == null ? null : ruleset.input();
            case "ram_spec" -> ramSpec;
            case "primary_storage_profile" -> primaryStorageProfile;
            case "secondary_storage_profile" -> secondaryStorageProfile;
            default -> throw new IllegalArgumentException("a file has no " + relation.member());
        };
    }

    /** Returns the errors that the schema cannot express, each at {@code pointer} and the name of the member. */
    List<InputError> errors(String pointer) {
        List<InputError> errors = new ArrayList<>(ListingInput.errors(pointer, attributes, priceDate));
        for (ListingRelation<?> relation : ListingRelation.ALL) {
            PartInput part = part(relation);
            if (part != null) {
                String place = pointer + "/" + relation.member();
                part.errors().forEach(error -> errors.add(InputError.at(place + error.pointer(), error.detail())));
            }
        }
        return errors;
    }
}

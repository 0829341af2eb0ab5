package dealbrain.transfer;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.CpuInput;
import dealbrain.catalog.GpuInput;
import dealbrain.catalog.PartInput;
import dealbrain.catalog.PortableScoringProfile;
import dealbrain.catalog.PortsProfileInput;
import dealbrain.catalog.RamSpecInput;
import dealbrain.catalog.RulesetInput;
import dealbrain.catalog.StorageProfileInput;
import dealbrain.json.Default;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import dealbrain.json.TextPatterns;
import dealbrain.listings.Condition;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingInput;
import dealbrain.listings.ListingStatus;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A listing in a file, for another server or a later day: a {@link ListingInput} with its parts themselves in place of their ids,
 * and held to the same rules. Ids in a file are read over.
 */
@JsonIgnoreProperties({"id", "owner_id"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PortableListing(
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
        @JsonIgnoreProperties("id") @Nullable RulesetInput ruleset,
        @JsonIgnoreProperties("id") @Nullable RamSpecInput ramSpec,
        @JsonIgnoreProperties("id") @Nullable StorageProfileInput primaryStorageProfile,
        @JsonIgnoreProperties("id") @Nullable StorageProfileInput secondaryStorageProfile) {

    public static PortableListing of(Listing listing) {
        return new PortableListing(
                listing.title(),
                listing.listingUrl(),
                listing.seller(),
                listing.priceUsd(),
                listing.priceDate(),
                listing.condition(),
                listing.status(),
                listing.marketplace(),
                listing.vendorItemId(),
                listing.deviceModel(),
                listing.manufacturer(),
                listing.series(),
                listing.modelNumber(),
                listing.formFactor(),
                listing.ramGb(),
                listing.primaryStorageGb(),
                listing.secondaryStorageGb(),
                listing.thumbnailUrl(),
                listing.notes(),
                Json.read(listing.attributes().text(), ObjectNode.class),
                listing.adjustedPriceUsd(),
                listing.scoreComposite(),
                listing.perfPerWatt(),
                part(listing.cpu(), CpuInput::of),
                part(listing.gpu(), GpuInput::of),
                part(listing.portsProfile(), PortsProfileInput::of),
                part(listing.activeProfile(), PortableScoringProfile::of),
                part(listing.ruleset(), RulesetInput::of),
                part(listing.ramSpec(), RamSpecInput::of),
                part(listing.primaryStorageProfile(), StorageProfileInput::of),
                part(listing.secondaryStorageProfile(), StorageProfileInput::of));
    }

    private static <P, I> @Nullable I part(@Nullable P part, Function<P, I> form) {
        return part == null ? null : form.apply(part);
    }

    /** The same with the ids of the stored parts. */
    ListingInput with(PartIds ids) {
        return new ListingInput(
                title,
                listingUrl,
                seller,
                priceUsd,
                priceDate,
                condition,
                status,
                marketplace,
                vendorItemId,
                deviceModel,
                manufacturer,
                series,
                modelNumber,
                formFactor,
                ramGb,
                primaryStorageGb,
                secondaryStorageGb,
                thumbnailUrl,
                notes,
                attributes,
                adjustedPriceUsd,
                scoreComposite,
                perfPerWatt,
                ids.of(cpu),
                ids.of(gpu),
                ids.of(portsProfile),
                ids.of(activeProfile),
                ids.of(ruleset),
                ids.of(ramSpec),
                ids.of(primaryStorageProfile),
                ids.of(secondaryStorageProfile));
    }

    /** What is wrong with it that its schema cannot say, each at {@code pointer} and the member's name; empty when nothing is. */
    public List<InputError> errors(String pointer) {
        List<InputError> errors = new ArrayList<>(with(PartIds.NONE).errors(pointer));
        add(errors, pointer + "/cpu", cpu);
        add(errors, pointer + "/gpu", gpu);
        add(errors, pointer + "/active_profile", activeProfile);
        return errors;
    }

    private static void add(List<InputError> errors, String pointer, @Nullable PartInput part) {
        if (part != null) {
            part.errors().forEach(error -> errors.add(InputError.at(pointer + error.pointer(), error.detail())));
        }
    }
}

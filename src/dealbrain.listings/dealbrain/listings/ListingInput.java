package dealbrain.listings;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.http.Default;
import dealbrain.http.Json;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a listing is made or changed by; its parts by their ids. */
public record ListingInput(
        @Size(min = 1, max = 255) String title,
        @Nullable @Size(max = 2048) @Pattern(regexp = WEB) @JsonPropertyDescription(WEB_ADDRESS) String listingUrl,
        @Nullable @Size(min = 1, max = 255) String seller,
        @Nullable @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 2) BigDecimal priceUsd,
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
        @Nullable @Size(max = 2048) @Pattern(regexp = WEB) @JsonPropertyDescription(WEB_ADDRESS) String thumbnailUrl,
        @Nullable @Size(max = 5000) String notes,
        @Default("{}") ObjectNode attributes,
        @Nullable @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 2) BigDecimal adjustedPriceUsd,
        @Nullable @DecimalMin("0") @DecimalMax("100000") @Digits(integer = 6, fraction = 4) BigDecimal scoreComposite,
        @Nullable @DecimalMin("0") @DecimalMax("1000000") @Digits(integer = 7, fraction = 4) BigDecimal perfPerWatt,
        @Nullable Long cpuId,
        @Nullable Long gpuId,
        @Nullable Long portsProfileId,
        @Nullable Long activeProfileId,
        @Nullable Long rulesetId,
        @Nullable Long ramSpecId,
        @Nullable Long primaryStorageProfileId,
        @Nullable Long secondaryStorageProfileId) {
    private static final String WEB = "^https?://[^\\s]+$";
    private static final String WEB_ADDRESS = "an http or https address";

    static ListingInput of(Listing listing) {
        return new ListingInput(listing.title(), listing.listingUrl(), listing.seller(), listing.priceUsd(), listing.priceDate(), listing.condition(),
                listing.status(), listing.marketplace(), listing.vendorItemId(), listing.deviceModel(), listing.manufacturer(),
                listing.series(), listing.modelNumber(), listing.formFactor(), listing.ramGb(), listing.primaryStorageGb(),
                listing.secondaryStorageGb(), listing.thumbnailUrl(), listing.notes(),
                Json.read(listing.attributes().text(), ObjectNode.class), listing.adjustedPriceUsd(), listing.scoreComposite(),
                listing.perfPerWatt(), id(listing.cpu()), id(listing.gpu()), id(listing.portsProfile()), id(listing.activeProfile()),
                id(listing.ruleset()), id(listing.ramSpec()), id(listing.primaryStorageProfile()), id(listing.secondaryStorageProfile()));
    }

    private static @Nullable Long id(@Nullable Part part) {
        return part == null ? null : part.id();
    }
}

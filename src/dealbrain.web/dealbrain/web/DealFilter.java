package dealbrain.web;

import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealColumn;
import dealbrain.collections.ItemStatus;
import dealbrain.http.Form;
import dealbrain.listings.DealText;
import dealbrain.listings.Listing;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which deals of a collection are shown, by the parameters of the page. A parameter that is empty or no number filters
 * nothing. A deal without a value is left out if the filter asks for one.
 */
record DealFilter(Form parameters) {
    static final String OPEN = "open";

    private static final List<String> NAMES = List.of("status", "min", "max", "cpu", "ram", "form");

    /** Returns whether any filter is set. */
    boolean isSet() {
        return NAMES.stream().anyMatch(name -> parameters.find(name).isPresent());
    }

    /** Returns the parameters of links to pages with this filter, joined by {@code &}. */
    String query() {
        return NAMES.stream()
                .filter(name -> parameters.find(name).isPresent())
                .map(name -> name + "=" + URLEncoder.encode(parameters.text(name), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    boolean matches(CollectionItem item) {
        Listing listing = item.listing();
        return hasStatus(item.status())
                && isBetween(listing.priceUsd())
                && contains(DealText.cpu(listing.cpu()))
                && hasMemory(DealColumn.ramGb(listing))
                && parameters
                        .find("form")
                        .map(form -> form.equals(listing.formFactor()))
                        .orElse(true);
    }

    private boolean hasStatus(@Nullable ItemStatus status) {
        String wanted = parameters.text("status");
        return switch (wanted) {
            case "" -> true;
            case OPEN -> status != ItemStatus.REJECTED;
            default -> status == null || status.name().equalsIgnoreCase(wanted);
        };
    }

    private boolean isBetween(@Nullable BigDecimal price) {
        Optional<BigDecimal> min = number("min");
        Optional<BigDecimal> max = number("max");
        if (price == null) {
            return min.isEmpty() && max.isEmpty();
        }
        return min.map(limit -> price.compareTo(limit) >= 0).orElse(true)
                && max.map(limit -> price.compareTo(limit) <= 0).orElse(true);
    }

    /** Each word of the filter must be in the name of the processor. */
    private boolean contains(String processor) {
        String name = processor.toLowerCase(Locale.ROOT);
        return List.of(parameters.text("cpu").toLowerCase(Locale.ROOT).split("\\s+", -1)).stream()
                .allMatch(name::contains);
    }

    private boolean hasMemory(@Nullable Integer gigabytes) {
        return number("ram")
                .map(limit -> gigabytes != null && BigDecimal.valueOf(gigabytes).compareTo(limit) >= 0)
                .orElse(true);
    }

    private Optional<BigDecimal> number(String name) {
        try {
            return parameters.find(name).filter(text -> text.length() < 20).map(BigDecimal::new);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }
}

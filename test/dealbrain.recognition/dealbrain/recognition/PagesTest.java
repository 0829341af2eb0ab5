package dealbrain.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    private static final String PRODUCT = """
            {"@context": "https://schema.org", "@type": "Product", "name": "Dell OptiPlex 7060 Micro i5-8500T",
             "image": ["https://img.example.org/1.jpg", "https://img.example.org/2.jpg"],
             "brand": {"@type": "Brand", "name": "Dell"}, "mpn": "D10U",
             "additionalProperty": [{"@type": "PropertyValue", "name": "RAM Size", "value": "16 GB"},
                                    {"@type": "PropertyValue", "name": "SSD Capacity", "value": "256 GB"}],
             "offers": {"@type": "Offer", "price": "189.99", "priceCurrency": "USD",
                        "itemCondition": "https://schema.org/RefurbishedCondition",
                        "seller": {"@type": "Organization", "name": "Good PCs"}}}""";

    private static Findings ofJsonLd(String json) {
        return OfferParser.recognise(new ParseInput(null, null, null, TextNode.valueOf(json), null));
    }

    private static Findings ofHtml(String html) {
        return OfferParser.recognise(new ParseInput(null, null, null, null, html));
    }

    private static String processor(Findings findings) {
        return findings.recognised().stream()
                .filter(value -> value.field().equals("cpu"))
                .map(RecognisedValue::value)
                .findFirst()
                .orElse("-");
    }

    private static void requireProduct(Findings findings) {
        ObjectNode draft = findings.draft();
        assertEquals("Core i5-8500T", processor(findings));
        assertEquals("Dell OptiPlex 7060 Micro i5-8500T", draft.path("title").asText());
        assertEquals("189.99", draft.path("price_usd").asText());
        assertEquals("refurb", draft.path("condition").asText());
        assertEquals("Good PCs", draft.path("seller").asText());
        assertEquals("Dell", draft.path("manufacturer").asText());
        assertEquals(
                "https://img.example.org/1.jpg", draft.path("thumbnail_url").asText());
        assertEquals(16, draft.path("ram_gb").asInt());
        assertEquals(256, draft.path("primary_storage_gb").asInt());
    }

    @Nested
    class JsonLd {
        @Test
        void describesAProduct() {
            Findings findings = ofJsonLd(PRODUCT);
            requireProduct(findings);
            assertEquals("D10U", findings.draft().path("model_number").asText());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "[{\"@type\": \"BreadcrumbList\"}, %s]",
                    "{\"@graph\": [{\"@type\": \"WebPage\"}, %s]}",
                    "{\"@type\": \"WebPage\", \"mainEntity\": %s}",
                    "// a comment\n%s;",
                    "<!--\n%s\n-->",
                    "{\"@graph\": [%s,],}"
                })
        void isFoundAnywhere(String around) {
            requireProduct(ofJsonLd(around.replace("%s", PRODUCT)));
        }

        @Test
        void mayHaveLineBreaksInTexts() {
            requireProduct(
                    ofJsonLd(PRODUCT.replace("\"Good PCs\"", "\"Good\nPCs\"").replace("}}}", "}}")));
        }

        @Test
        void isUsedUpToWhereItBreaksOff() {
            Findings findings = ofJsonLd(PRODUCT.substring(0, PRODUCT.indexOf("\"seller\"")));

            assertEquals("Core i5-8500T", processor(findings));
            assertEquals("189.99", findings.draft().path("price_usd").asText());
            assertTrue(findings.unrecognised().stream()
                    .anyMatch(each -> each.field().equals("json_ld")));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{\"price\": 189.5, \"priceCurrency\": \"USD\"} | 189.50",
                    "[{\"price\": \"1,189.50\", \"priceCurrency\": \"USD\"}] | 1189.50",
                    "{\"@type\": \"AggregateOffer\", \"lowPrice\": \"99\", \"priceCurrency\": \"USD\"} | 99.00",
                    "{\"priceSpecification\": {\"price\": 120, \"priceCurrency\": \"USD\"}} | 120.00",
                    "{\"price\": \"189.50\", \"priceCurrency\": \"EUR\"} | -",
                    "{\"price\": \"on request\"} | -"
                })
        void hasPricesInManyForms(String offers, String price) {
            Findings findings = ofJsonLd("{\"@type\": \"Product\", \"name\": \"PC\", \"offers\": " + offers + "}");
            assertEquals(price, findings.draft().path("price_usd").asText("-"));
        }

        @Test
        void doesNotMixInRelatedProducts() {
            Findings findings = ofJsonLd("""
                    {"@type": "Product", "name": "Dell OptiPlex i5-8500T",
                     "isRelatedTo": {"@type": "Product", "name": "HP i7-9700", "offers": {"price": 1}}}""");
            assertEquals("Core i5-8500T", processor(findings));
            assertTrue(findings.draft().path("price_usd").isMissingNode());
        }
    }

    @Nested
    class Html {
        @Test
        void hasJsonLdInScripts() {
            requireProduct(ofHtml("<html><head><script type=\"application/ld+json\">" + PRODUCT
                    + "</script></head><body><p>a < b & c</body></html>"));
        }

        @Test
        void hasMicrodata() {
            Findings findings = ofHtml("""
                    <!DOCTYPE html><html><body><div itemscope itemtype="https://schema.org/Product">
                    <h1 itemprop="name">HP EliteDesk 800 G4 Mini i5-8500T</h1>
                    <img itemprop="image" src="https://img.example.org/hp.jpg">
                    <div itemprop="brand" itemscope itemtype="https://schema.org/Brand"><span itemprop="name">HP</span></div>
                    <div itemprop="offers" itemscope itemtype="https://schema.org/Offer">
                      <meta itemprop="priceCurrency" content="USD"><span itemprop="price" content="175.00">$175</span>
                      <link itemprop="itemCondition" href="https://schema.org/UsedCondition">
                      <div itemprop="seller" itemscope itemtype="https://schema.org/Organization">
                        <span itemprop="name">Lab Surplus</span></div>
                    </div></div>
                    <div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Other i7-9700</b></div>
                    </body></html>""");
            ObjectNode draft = findings.draft();
            assertEquals("Core i5-8500T", processor(findings));
            assertEquals(
                    "HP EliteDesk 800 G4 Mini i5-8500T", draft.path("title").asText());
            assertEquals("175.00", draft.path("price_usd").asText());
            assertEquals("used", draft.path("condition").asText());
            assertEquals("Lab Surplus", draft.path("seller").asText());
            assertEquals("HP", draft.path("manufacturer").asText());
            assertEquals(
                    "https://img.example.org/hp.jpg",
                    draft.path("thumbnail_url").asText());
        }

        @Test
        void hasOpenGraph() {
            Findings findings = ofHtml("""
                    <html><head><title>Lenovo M720q i5-8400T | eBay</title>
                    <meta property="og:title" content="Lenovo M720q i5-8400T 8GB &amp; 256GB SSD | eBay">
                    <meta property="og:image" content="https://img.example.org/m.jpg">
                    <meta property="og:url" content="https://www.ebay.com/itm/123456789012">
                    <meta property="product:price:amount" content="129.00">
                    <meta property="product:price:currency" content="USD"></head></html>""");
            ObjectNode draft = findings.draft();
            assertEquals("Core i5-8400T", processor(findings));
            assertEquals(
                    "Lenovo M720q i5-8400T 8GB & 256GB SSD", draft.path("title").asText());
            assertEquals("129.00", draft.path("price_usd").asText());
            assertEquals("ebay", draft.path("marketplace").asText());
            assertEquals("123456789012", draft.path("vendor_item_id").asText());
        }

        @Test
        void hasTablesOfTwoColumns() {
            Findings findings = ofHtml("""
                    <h1>Mini PC</h1><table><tr><th>Processor<td>Intel Core i5-9500T
                    <tr><td>RAM</td><td>16 GB</td></tr></table>
                    <dl><dt>Form factor<dd>Tiny<dt>Condition<dd>Used</dl>""");
            assertEquals("Core i5-9500T", processor(findings));
            assertEquals(16, findings.draft().path("ram_gb").asInt());
            assertEquals("tiny", findings.draft().path("form_factor").asText());
            assertEquals("used", findings.draft().path("condition").asText());
        }

        @Test
        void mayBeEmpty() {
            Findings findings = ofHtml("<p></p>");
            assertEquals("Untitled offer", findings.draft().path("title").asText());
            assertEquals("title", findings.unrecognised().getFirst().field());
        }
    }
}

package dealbrain.recognition;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is recognised in titles and texts, apart from the processor. "-" is nothing. */
class RecognisersTest {
    private static ObjectNode draft(String title) {
        return OfferParser.recognise(TitlesTest.input(title)).draft();
    }

    private static String member(String title, String member) {
        ObjectNode draft = draft(title);
        return draft.has(member) ? draft.get(member).asText() : "-";
    }

    private static String recognised(Findings findings, String field) {
        return findings.recognised().stream()
                .filter(value -> value.field().equals(field))
                .map(RecognisedValue::value)
                .findFirst()
                .orElse("-");
    }

    private static String recognised(String title, String field) {
        return recognised(OfferParser.recognise(TitlesTest.input(title)), field);
    }

    private static Findings ofText(String text) {
        return OfferParser.recognise(new ParseInput(null, text, null, null, null));
    }

    private static Findings ofAddress(String url) {
        return OfferParser.recognise(new ParseInput("PC", null, url, null, null));
    }

    @Nested
    class Memory {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "PC 16GB DDR4 | 16",
                    "PC 16 GB RAM 512 GB SSD | 16",
                    "PC 2x8GB DDR4 | 16",
                    "PC 2 x 8 GB RAM | 16",
                    "PC 16GB (2x8GB) DDR4 | 16",
                    "PC i5-8500T 16/512 | 16",
                    "PC 8+256 | 8",
                    "PC 32GB/1TB | 32",
                    "PC 16G/512G | 16",
                    "PC 8GB RAM 256GB SSD | 8",
                    "PC RAM 16GB SSD 256GB | 16",
                    "PC 16gbram 256gbssd | 16",
                    "PC 8.00 GB RAM | 8",
                    "PC 8 Go RAM | 8",
                    "PC 256GB SSD 8GB | 8",
                    "PC 8GB 128GB SSD | 8",
                    "PC 12GB LPDDR5 512GB | 12",
                    "PC 8GB RAM (erweiterbar auf 64GB) | 8",
                    "PC 8GB RAM, up to 64GB RAM | 8",
                    "PC ohne RAM | 0",
                    "PC no RAM/SSD | 0",
                    "PC NO CPU/RAM/HDD | 0",
                    "PC no HDD, 16GB RAM | 16",
                    "PC kein RAM, keine SSD | 0",
                    "PC GTX 1060 6GB 16GB RAM | 16",
                    "PC 2.5G LAN 16GB DDR5 | 16",
                    "PC with 8GB or 16GB RAM | -",
                    "PC 256GB SSD | -",
                    "PC 128GB SSD | -",
                    "PC | -"
                })
        void isRecognised(String title, String gb) {
            assertEquals(gb, member(title, "ram_gb"), title);
        }
    }

    @Nested
    class Drives {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "PC 16GB 512GB NVMe | 512 | - | 512 GB NVMe",
                    "PC 8GB 256GB SSD + 1TB HDD | 256 | 1000 | 256 GB SSD",
                    "PC 8GB RAM 1TB HDD 256GB SSD | 256 | 1000 | 256 GB SSD",
                    "PC 4GB 64GB eMMC | 64 | - | 64 GB eMMC",
                    "PC 16GB 256GB M.2 NVMe SSD | 256 | - | 256 GB NVMe",
                    "PC 16GB 500 GB M.2 | 500 | - | 500 GB SSD",
                    "PC 16/512 | 512 | - | -",
                    "PC 32GB 2x 512GB NVMe | 512 | 512 | 512 GB NVMe",
                    "PC 8GB 1,5 TB HDD | 1500 | - | 1500 GB HDD",
                    "PC 16GB 1TB | 1000 | - | -",
                    "PC SSD 256GB 8GB RAM | 256 | - | 256 GB SSD",
                    "PC RAM 16GB SSD 256GB | 256 | - | 256 GB SSD",
                    "PC 8GB no HDD | 0 | - | -",
                    "PC 8GB ohne Festplatte | 0 | - | -",
                    "PC 8GB 256GB SSD no HDD | 256 | - | 256 GB SSD",
                    "PC 16GB DDR4 | - | - | -"
                })
        void areRecognised(String title, String primary, String secondary, String kind) {
            assertEquals(primary, member(title, "primary_storage_gb"), title);
            assertEquals(secondary, member(title, "secondary_storage_gb"), title);
            assertEquals(kind, recognised(title, "primary_storage_profile"), title);
        }
    }

    @Nested
    class Machines {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "Dell OptiPlex 7060 Micro | Dell | OptiPlex | OptiPlex 7060 | micro",
                    "DELL OPTIPLEX 9020M | Dell | OptiPlex | OptiPlex 9020m | micro",
                    "HP EliteDesk 800 G4 Mini | HP | EliteDesk | EliteDesk 800 G4 | mini",
                    "HP ELITE DESK 800G4 DM | HP | EliteDesk | EliteDesk 800 G4 | mini",
                    "hp prodesk 600 g3 sff | HP | ProDesk | ProDesk 600 G3 | sff",
                    "HP 600 G3 MT | HP | ProDesk 600 | ProDesk 600 G3 | tower",
                    "Lenovo ThinkCentre M720q Tiny | Lenovo | ThinkCentre | ThinkCentre M720q | tiny",
                    "Lenovo M920q | Lenovo | ThinkCentre | ThinkCentre M920q | tiny",
                    "Lenovo ThinkCentre M75q Gen 2 | Lenovo | ThinkCentre | ThinkCentre M75q Gen 2 | tiny",
                    "Lenovo ThinkCentre neo 50q Gen 4 | Lenovo | ThinkCentre neo | ThinkCentre neo 50q Gen 4 | tiny",
                    "Fujitsu Esprimo Q556/2 | Fujitsu | Esprimo | Esprimo Q556/2 | mini",
                    "Acer Veriton N4640G | Acer | Veriton | Veriton N4640G | -",
                    "Intel NUC8i5BEH kit | - | - | - | mini",
                    "Intel NUC NUC8i5BEH | Intel | NUC | NUC8I5BEH | mini",
                    "Apple Mac mini Late 2014 | Apple | Mac mini | Mac mini Late 2014 | mini",
                    "Beelink SER5 Mini PC | Beelink | - | Beelink SER5 | mini",
                    "Minisforum UM690 | MINISFORUM | - | MINISFORUM UM690 | -",
                    "ASUS PN51 mini pc | ASUS | PN | PN51 | mini",
                    "Dell Wyse 5070 Thin Client | Dell | Wyse | Wyse 5070 | thin client",
                    "Lenovo ThinkPad T480s | Lenovo | ThinkPad | ThinkPad T480s | laptop",
                    "HP 24 All-in-One PC | HP | - | - | all-in-one",
                    "PC Mini DisplayPort | - | - | - | -",
                    "Home Server PC | - | - | - | -"
                })
        void areRecognised(String title, String maker, String series, String model, String form) {
            assertEquals(maker, member(title, "manufacturer"), title);
            assertEquals(series, member(title, "series"), title);
            assertEquals(model, member(title, "device_model"), title);
            assertEquals(form, member(title, "form_factor"), title);
        }
    }

    @Nested
    class Conditions {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "PC (Renewed) | refurb",
                    "PC refurbished Grade A | refurb",
                    "PC generalüberholt | refurb",
                    "PC gebraucht | used",
                    "PC neuwertig | used",
                    "PC like new | used",
                    "PC wie neu OVP | used",
                    "PC neu | new",
                    "PC brand new sealed | new",
                    "PC NEU & OVP | new",
                    "PC for parts | used",
                    "PC defekt für Bastler | used",
                    "PC with new SSD | -",
                    "PC Akku neu | -",
                    "PC neue SSD 512GB | -",
                    "PC | -"
                })
        void areRecognised(String title, String condition) {
            assertEquals(condition, member(title, "condition"), title);
        }

        @Test
        void keepWhatIsSoldForParts() {
            assertEquals(
                    "{\"for_parts\":true}",
                    draft("PC for parts or not working").path("attributes").toString());
            assertEquals(
                    "{\"grade\":\"B\"}", draft("PC Grade B").path("attributes").toString());
            assertTrue(draft("PC, not broken").path("attributes").isMissingNode());
        }
    }

    @Nested
    class Graphics {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "PC RTX 3060 Ti 16GB | GeForce RTX 3060 Ti",
                    "PC RTX3070 | GeForce RTX 3070",
                    "PC GTX 1660 Super | GeForce GTX 1660 Super",
                    "PC Nvidia Quadro P1000 4GB | Quadro P1000",
                    "PC Quadro K420 | Quadro K420",
                    "PC Nvidia T1000 | T1000",
                    "PC Nvidia NVS 310 | NVS 310",
                    "PC RTX A2000 | RTX A2000",
                    "PC Radeon RX 6600 XT | Radeon RX 6600 XT",
                    "PC RX580 8GB | Radeon RX 580",
                    "PC Radeon Pro WX 3100 | Radeon Pro WX 3100",
                    "PC Radeon R7 240 | Radeon R7 240",
                    "PC Intel Arc A380 | Arc A380",
                    "PC i5-8500 UHD 630 | -",
                    "Lenovo ThinkStation P620 | -",
                    "PC supports RTX 3060 | -",
                    "PC RTX 3060 or RTX 3070 | -"
                })
        void areRecognised(String title, String name) {
            assertEquals(name, recognised(title, "gpu"), title);
        }
    }

    @Nested
    class Prices {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "$389 | 389.00",
                    "US $1,299.00 | 1299.00",
                    "389 USD | 389.00",
                    "Price: $99.95 | 99.95",
                    "$120 + $20 shipping | 120.00",
                    "was $499, now $389 | 389.00",
                    "249 € | -",
                    "1.299,00 EUR | -",
                    "389 | -"
                })
        void inDollarsAreSet(String text, String price) {
            Findings findings = ofText("PC\n" + text);
            assertEquals(price, findings.draft().path("price_usd").asText("-"), text);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "249 € | 249.00 EUR",
                    "1.299,00 EUR | 1299.00 EUR",
                    "EUR 249,- | 249.00 EUR",
                    "VB 250€ | 250.00 EUR",
                    "£199.99 | 199.99 GBP",
                    "C $350 | 350.00 CAD",
                    "statt 499 € nur 389 € | 389.00 EUR"
                })
        void inOtherCurrenciesAreReported(String text, String price) {
            Findings findings = ofText("PC\n" + text);
            assertEquals(price, recognised(findings, "price"), text);
            assertTrue(findings.unrecognised().stream()
                    .anyMatch(each ->
                            each.field().equals("price_usd") && each.reason().contains("not in US dollars")));
        }

        @Test
        void inCanadaAreNotUsDollars() {
            Findings findings = OfferParser.recognise(
                    new ParseInput("PC $350", null, "https://www.ebay.ca/itm/123456789012", null, null));
            assertTrue(findings.draft().path("price_usd").isMissingNode());
        }
    }

    @Nested
    class Shops {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "https://www.ebay.com/itm/123456789012 | ebay | 123456789012",
                    "https://www.ebay.de/itm/Dell-OptiPlex-7060/123456789012?hash=item1 | ebay | 123456789012",
                    "http://m.ebay.co.uk/itm/234567890123#x | ebay | 234567890123",
                    "https://www.ebay-kleinanzeigen.de/s-anzeige/mini-pc/2456789012-228-1234 | kleinanzeigen | 2456789012",
                    "https://www.kleinanzeigen.de/s-anzeige/mini-pc/2456789012-228-1234 | kleinanzeigen | 2456789012",
                    "https://www.amazon.com/Dell-OptiPlex/dp/B08XYZ1234/ref=sr_1_1?keywords=a | amazon | B08XYZ1234",
                    "https://www.amazon.de/gp/product/B08XYZ1234 | amazon | B08XYZ1234",
                    "https://www.newegg.com/dell-optiplex/p/N82E16883827123?Item=9SIA | newegg | N82E16883827123",
                    "https://www.bestbuy.com/site/hp-elitedesk/6401234.p?skuId=6401234 | bestbuy | 6401234",
                    "https://www.walmart.com/ip/Dell-OptiPlex-7060/123456789 | walmart | 123456789",
                    "https://newyork.craigslist.org/brk/sys/d/brooklyn-mini-pc/7654321098.html | craigslist | 7654321098",
                    "https://www.backmarket.de/de-de/p/mini/8f2c1a3e-1111-2222-3333-444455556666 | backmarket"
                            + " | 8f2c1a3e-1111-2222-3333-444455556666",
                    "https://www.dellrefurbished.com/products/optiplex-7060-micro | dellrefurbished | optiplex-7060-micro",
                    "https://www.facebook.com/marketplace/item/1234567890123456/ | facebook | 1234567890123456",
                    "https://www.ebay.com/sch/i.html?_nkw=optiplex | ebay | -",
                    "https://shop.example.org/m720q | - | -",
                    "https://ebay.example.org/itm/123456789012 | - | -",
                    "https://notebay.com/itm/123456789012 | - | -"
                })
        void areRecognised(String url, String marketplace, String item) {
            ObjectNode draft = ofAddress(url).draft();
            assertEquals(marketplace, draft.path("marketplace").asText("-"), url);
            assertEquals(item, draft.path("vendor_item_id").asText("-"), url);
            assertEquals(url, draft.path("listing_url").asText(), url);
        }

        @Test
        void needAnAddressOfTheWeb() {
            Findings findings = ofAddress("javascript:alert(1)");
            assertTrue(findings.draft().path("listing_url").isMissingNode());
            assertEquals("listing_url", findings.unrecognised().getFirst().field());
        }
    }

    @Nested
    class Texts {
        @Test
        void areReadAsRows() {
            Findings findings = ofText("""
                    Mini PC
                    Prozessor: Intel Core i5-8500T
                    Arbeitsspeicher: 16 GB
                    SSD-Kapazität: 512 GB
                    Marke: Dell
                    Verkäufer: gute-pcs (1.234)
                    Zustand: Gebraucht
                    """);
            assertEquals("Core i5-8500T", recognised(findings, "cpu"));
            assertEquals("Mini PC", findings.draft().path("title").asText());
            assertEquals(16, findings.draft().path("ram_gb").asInt());
            assertEquals(512, findings.draft().path("primary_storage_gb").asInt());
            assertEquals("Dell", findings.draft().path("manufacturer").asText());
            assertEquals("gute-pcs", findings.draft().path("seller").asText());
            assertEquals("used", findings.draft().path("condition").asText());
        }

        @Test
        void nameTheProcessorOnlyIfTheTitleDoesNot() {
            Findings vague = OfferParser.recognise(
                    new ParseInput("Dell OptiPlex i5 12th gen", "It has an i5-12500T.", null, null, null));
            Findings exact = OfferParser.recognise(
                    new ParseInput("Dell OptiPlex i5-8500T", "It has an i5-12500T.", null, null, null));
            Findings contradicting = OfferParser.recognise(
                    new ParseInput("Dell OptiPlex i7 12th gen", "It has an i5-12500T.", null, null, null));

            assertEquals("Core i5-12500T", recognised(vague, "cpu"));
            assertEquals("Core i5-8500T", recognised(exact, "cpu"));
            assertEquals("-", recognised(contradicting, "cpu"));
        }

        @Test
        void withSeveralProcessorsAsk() {
            Findings findings = OfferParser.recognise(TitlesTest.input("Dell OptiPlex i5-8500T / i7-8700T"));
            assertEquals(
                    "[Core i5-8500T, Core i7-8700T]",
                    findings.candidates().stream()
                            .map(PartCandidate::name)
                            .toList()
                            .toString());
            assertEquals("cpu", findings.unrecognised().getFirst().field());
        }
    }
}

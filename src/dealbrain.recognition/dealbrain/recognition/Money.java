package dealbrain.recognition;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount with its currency, in the notations of shops: {@code $1,299.00}, {@code 1.299,00 €}, {@code EUR 249,-}.
 *
 * @param currency its code (ISO 4217); "" if it is not stated
 */
record Money(BigDecimal amount, String currency) {
    private static final BigDecimal MAX = BigDecimal.valueOf(1_000_000);
    private static final String SIGNS =
            "us ?\\$|usd ?\\$?|ca ?\\$|cad ?\\$?|c ?\\$|au ?\\$|aud ?\\$?|nz ?\\$|hk ?\\$|\\$|€|euro?|£|gbp|chf|sfr"
                    + "|pln|zł|sek|dkk|nok|kr|¥|jpy|inr|₹|dollars?";
    private static final String NUMBER =
            "[0-9]{1,7}(?:[.,'\u2019 ][0-9]{3}){0,3}(?:[.,](?:[0-9]{1,2}(?![0-9])|-{1,2}))?";
    private static final Pattern BEFORE =
            Pattern.compile("(?<![a-z0-9])(" + SIGNS + ")[ \u00a0]{0,2}(" + NUMBER + ")(?![0-9])");
    private static final Pattern AFTER =
            Pattern.compile("(?<![a-z0-9.,])(" + NUMBER + ")[ \u00a0]{0,2}(" + SIGNS + ")(?![a-z0-9])");
    private static final Pattern ALONE = Pattern.compile("\\s{0,5}(" + NUMBER + ")\\s{0,5}");
    private static final int NEAR = 24;

    /** An amount after these words is not the price: "was $499", "+ $20 shipping". */
    private static final Set<String> OTHER_BEFORE = Words.set("""
            was statt uvp rrp msrp list listenpreis originally orig neupreis np shipping versand versandkosten porto save spare
            sparen plus zzgl save up bisher vorher deposit pfand over worth retail regular ehemals shipping: +
            """);

    private static final Set<String> OTHER_AFTER =
            Words.set("shipping versand off rabatt postage delivery porto versandkosten cashback coupon discount s/h");

    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("$", "USD"),
            Map.entry("us$", "USD"),
            Map.entry("usd", "USD"),
            Map.entry("usd$", "USD"),
            Map.entry("dollar", "USD"),
            Map.entry("dollars", "USD"),
            Map.entry("€", "EUR"),
            Map.entry("eur", "EUR"),
            Map.entry("euro", "EUR"),
            Map.entry("£", "GBP"),
            Map.entry("gbp", "GBP"),
            Map.entry("c$", "CAD"),
            Map.entry("ca$", "CAD"),
            Map.entry("cad", "CAD"),
            Map.entry("cad$", "CAD"),
            Map.entry("au$", "AUD"),
            Map.entry("aud$", "AUD"),
            Map.entry("aud", "AUD"),
            Map.entry("nz$", "NZD"),
            Map.entry("hk$", "HKD"),
            Map.entry("chf", "CHF"),
            Map.entry("sfr", "CHF"),
            Map.entry("pln", "PLN"),
            Map.entry("zł", "PLN"),
            Map.entry("sek", "SEK"),
            Map.entry("dkk", "DKK"),
            Map.entry("nok", "NOK"),
            Map.entry("¥", "JPY"),
            Map.entry("jpy", "JPY"),
            Map.entry("inr", "INR"),
            Map.entry("₹", "INR"));

    /** Returns the amounts with a currency in a text, without those that are no prices, in its order. */
    static List<Money> find(String text) {
        String lower = text.toLowerCase(Locale.ROOT).replace('\u00a0', ' ');
        TreeMap<Integer, Money> found = new TreeMap<>();
        addAll(lower, BEFORE.matcher(lower), 2, 1, found);
        addAll(lower, AFTER.matcher(lower), 1, 2, found);
        return List.copyOf(found.values());
    }

    private static void addAll(String text, Matcher matcher, int number, int sign, Map<Integer, Money> found) {
        while (matcher.find()) {
            if (isPrice(text, matcher.start(), matcher.end())) {
                int start = matcher.start();
                of(matcher.group(number), matcher.group(sign)).ifPresent(money -> found.put(start, money));
            }
        }
    }

    /** Returns the price of a data sheet, such as {@code 389.00 USD} and {@code 389.00}. */
    static Optional<Money> parse(String text) {
        List<Money> found = find(text);
        if (!found.isEmpty()) {
            return Optional.of(found.getFirst());
        }
        Matcher alone = ALONE.matcher(text);
        return alone.matches() ? of(alone.group(1), "") : Optional.empty();
    }

    private static boolean isPrice(String text, int start, int end) {
        String[] before =
                text.substring(Math.max(0, start - NEAR), start).strip().split("[\\s:(]+", -1);
        String[] after =
                text.substring(end, Math.min(text.length(), end + NEAR)).strip().split("[\\s:).,;]+", -1);
        return !OTHER_BEFORE.contains(before[before.length - 1]) && !OTHER_AFTER.contains(after[0]);
    }

    private static Optional<Money> of(String number, String sign) {
        BigDecimal amount = new BigDecimal(plain(number)).setScale(2, RoundingMode.HALF_UP);
        String code = CODES.getOrDefault(sign.replace(" ", ""), sign.isEmpty() ? "" : sign.toUpperCase(Locale.ROOT));
        return amount.compareTo(MAX) <= 0 ? Optional.of(new Money(amount, code)) : Optional.empty();
    }

    /** Returns a number with a decimal point. A point or comma before exactly three digits groups thousands. */
    private static String plain(String number) {
        String digits = number.replaceAll("[ '\u2019]", "").replaceFirst("[.,]-{1,2}$", "");
        int last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
        boolean isDecimal = last >= 0 && digits.length() - last - 1 <= 2;
        String whole = (isDecimal ? digits.substring(0, last) : digits).replaceAll("[.,]", "");
        return isDecimal ? whole + "." + digits.substring(last + 1) : whole;
    }
}

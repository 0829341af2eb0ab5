package dealbrain.views;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Distinguishes the browsers of people from programs by the header {@code User-Agent}. Three rules, as lists of names
 * are never complete:
 *
 * <ol>
 *   <li>Every browser begins with {@code Mozilla/} or is one of a few old ones. Libraries, previews and feed readers
 *       mostly begin with their own name.
 *   <li>A program that begins like a browser mostly adds the address of a page about itself, or calls itself {@code
 *       compatible}. No browser of today does.
 *   <li>The rest add a word that says what they do, or their name.
 * </ol>
 *
 * The name of a network alone says nothing: the browsers inside its apps add it too.
 */
final class UserAgent {
    private static final Pattern BROWSER = Pattern.compile("(?:mozilla/\\d|opera/\\d|ucweb|nokia|blackberry|samsung|"
            + "sonyericsson|lynx/|links |elinks|w3m/|netsurf|dillo).*");

    private static final Pattern ADDRESS = Pattern.compile("https?:|www\\.|mailto:|[\\w.-]+@[\\w-]+\\.[a-z]{2}|"
            + "[a-z0-9]\\.(?:com|org|net|io)\\b|"
            + "compatible; (?!msie|konqueror|icab|omniweb)|^mozilla/[\\d.]+(?: \\(compatible\\))?$");

    private static final Pattern TASK = Pattern.compile(String.join(
            "|",
            List.of(
                    "bot\\b|bot[/_]|robot|crawl|spider|slurp|scrap[ei]|fetch|feed|archiv",
                    "preview|proxy|inspect|scan\\b|scanner|checker|validator|agent\\b",
                    "monitor|uptime|health-?check|pingdom|statuscake|site24x7|checkly|synthetics",
                    "lighthouse|gtmetrix|ptst/",
                    "headless|phantomjs|puppeteer|playwright|selenium|cypress",
                    "python|curl|java\\b|okhttp|axios|http-?client|node-fetch|powershell",
                    "google-|google favicon|-google\\b|googleother|facebookexternalhit|facebookcatalog",
                    "meta-external|chatgpt",
                    "ms-office|nikto|openvas|zgrab")));

    /** The name of a phone, which may contain such a word: those of the brand Cubot do. */
    private static final Pattern PHONE = Pattern.compile("\\(linux;[^)]*android[^)]*\\)");

    private UserAgent() {}

    /** Returns whether the text is that of a browser, which a person uses. A missing header has an empty text. */
    static boolean isBrowser(String userAgent) {
        String text = userAgent.strip().toLowerCase(Locale.ROOT);
        if (!BROWSER.matcher(text).matches()) {
            return false;
        }
        String withoutPhone = PHONE.matcher(text).replaceFirst("");
        return !ADDRESS.matcher(withoutPhone).find()
                && !TASK.matcher(withoutPhone).find();
    }
}

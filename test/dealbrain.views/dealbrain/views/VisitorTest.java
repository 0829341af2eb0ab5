package dealbrain.views;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisitorTest {
    private static final String IPHONE =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
                    + "Mobile/15E148 ";
    private static final String ANDROID =
            "Mozilla/5.0 (Linux; Android 14; Pixel 8 Build/AP1A.240405.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) "
                    + "Version/4.0 Chrome/124.0.6367.82 Mobile Safari/537.36 ";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "curl/8.7.1",
                "Mozilla/5.0 (X11; Linux x86_64; rv:126.0) Gecko/20100101 Firefox/126.0",
                "Mozilla/5.0 (Linux; Android 11; CUBOT KING KONG 5 Pro) "
                        + "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
                "Mozilla/5.0 (Linux; Android 9; CUBOT_X19) "
                        + "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36",
                "Mozilla/5.0 (Linux; Android 7.0; CUBOT) "
                        + "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/119.0.0.0 Mobile Safari/537.36",
                IPHONE + "Twitter for iPhone/10.42",
                ANDROID + "TwitterAndroid",
                IPHONE + "[LinkedInApp]/9.29.8962",
                ANDROID + "Telegram-Android/10.14.5 (Google Pixel 8; Android 14; SDK 34; HIGH)",
                IPHONE + "[Pinterest/iOS]",
                ANDROID + "[Pinterest/Android]",
                IPHONE + "Instagram 331.0.8.35.91 (iPhone15,2; iOS 17_5; en_US; en; scale=3.00; 1179x2556; 602501247)",
                IPHONE
                        + "[FBAN/FBIOS;FBAV/463.1.0.36.106;FBBV/601138837;"
                        + "FBDV/iPhone15,2;FBMD/iPhone;FBSN/iOS;FBSV/17.5]",
                ANDROID + "[FB_IAB/FB4A;FBAV/463.0.0.41.80;IABMV/1;]",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) "
                        + "AppleWebKit/537.36 (KHTML, like Gecko) "
                        + "Slack/4.38.125 Chrome/124.0.0.0 Electron/30.0.4 Safari/537.36",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) "
                        + "AppleWebKit/537.36 (KHTML, like Gecko) "
                        + "discord/1.0.9147 Chrome/120.0.6099.291 Electron/28.2.10 Safari/537.36"
            })
    void recognisesBrowsersOfPeopleAlsoInsideApps(String agent) {
        assertEquals(Visitor.PERSON, Visitor.ofAgent(agent));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Twitterbot/1.0",
                "LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)",
                "Mozilla/5.0 (compatible; Pinterestbot/1.0; +https://www.pinterest.com/bot.html)",
                "Pinterest/0.2 (+https://www.pinterest.com/bot.html)",
                "TelegramBot (like TwitterBot)",
                "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)",
                "Slackbot 1.0 (+https://api.slack.com/robots)",
                "Slack-ImgProxy (+https://api.slack.com/robots)",
                "Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)",
                "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)",
                "facebookcatalog/1.0",
                "WhatsApp/2.23.20.0 A",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_11_1) "
                        + "AppleWebKit/601.2.4 (KHTML, like Gecko) "
                        + "Version/9.0.1 Safari/601.2.4 facebookexternalhit/1.1 Facebot "
                        + "Twitterbot/1.0",
                "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_5) "
                        + "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1.1 Safari/605.1.15 (Applebot/0.1; "
                        + "+http://www.apple.com/go/applebot)",
                "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
                "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
                "Mozilla/5.0 (Windows NT 6.1; WOW64) SkypeUriPreview Preview/0.5 skype-url-preview@microsoft.com",
                "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
                "Mastodon/4.3.0 (http.rb/5.2.0; +https://mastodon.social/)"
            })
    void recognisesCrawlersAndPreviewFetchers(String agent) {
        assertEquals(Visitor.CRAWLER, Visitor.ofAgent(agent));
    }
}

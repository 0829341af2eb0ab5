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
                "Opera/9.80 (J2ME/MIDP; Opera Mini/9.80 (S60; SymbOS; Opera Mobi/23.348; U; en) Presto/2.5.25 "
                        + "Version/10.54",
                "Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)",
                "Mozilla/5.0 (compatible; Konqueror/4.5; FreeBSD) KHTML/4.5.4 (like Gecko)",
                "Lynx/2.9.0dev.12 libwww-FM/2.14 SSL-MM/1.4.1 GNUTLS/3.7.8",
                "w3m/0.5.3+git20230121",
                "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 "
                        + "Mobile Safari/537.36 (Ecosia android@126.0.0.0)",
                "Mozilla/5.0 (Linux; U; Android 4.4.2; de-de; CUBOT P9 Build/KOT49H) AppleWebKit/537.36 "
                        + "(KHTML, like Gecko) Version/4.0 Mobile Safari/537.36",
                "Mozilla/5.0 (Linux; Android 13; M2101K6G; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 "
                        + "Chrome/124.0.6367.82 Mobile Safari/537.36 MicroMessenger/8.0.49 Language/en",
                IPHONE + "GSA/316.0.637012205 Safari/604.1",
                IPHONE + "Snapchat/12.90.0.48 (like Safari/8618.2.12.10.9, panda)",
                IPHONE + "Safari Line/14.8.0",
                IPHONE + "KAKAOTALK 10.8.5",
                IPHONE + "musical_ly_34.5.0 BytedanceWebview/d8a21c6",
                IPHONE + "Bluesky/1.85",
                "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Thunderbird/115.11.0",
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
                        + "Teams/24102.2223 Chrome/122.0.0.0 Electron/29.1 Safari/537.36",
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
                "Mastodon/4.3.0 (http.rb/5.2.0; +https://mastodon.social/)",
                "http.rb/5.1.1 (Mastodon/4.1.2; +https://mastodon.social/)",
                "Lemmy/0.19.3; +https://lemmy.world",
                "lemmy/0.18.2",
                "Mozilla/5.0 (compatible; ZulipURLPreview/8.3; +https://zulip.example.org)",
                "ZulipURLPreview/9.0",
                "Pleroma 2.6.2; https://social.example.org <admin@example.org>; Bot",
                "Misskey/2024.3.1 (https://misskey.io)",
                "SummalyBot/5.1.0",
                "Friendica 'Yellow Archangel' 2024.03-1552; https://friend.example.org",
                "Synapse (bot; +https://github.com/matrix-org/synapse)",
                "Synapse/1.105.0",
                "Mattermost-Bot/1.1",
                "Mozilla/5.0 (compatible; redditbot/1.0; +http://www.reddit.com/feedback)",
                "facebookexternalhit/1.1;line-poker/1.0",
                "facebookexternalhit/1.1; kakaotalk-scrap/1.0; +https://devtalk.kakao.com/t/scrap/33984",
                "Snap URL Preview Service; bot; snapchat; https://developers.snap.com/robots",
                "Mozilla/5.0 (compatible; vkShare; +http://vk.com/dev/Share)",
                "Iframely/1.3.1 (+https://iframely.com/docs/about)",
                "Mozilla/5.0 (compatible; Embedly/0.2; +http://support.embed.ly/)",
                "Quora Link Preview/1.0",
                "Viber/13.3.0.5 CFNetwork/1121.2.2 Darwin/19.3.0",
                "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328; Pro)",
                "Mozilla/4.0 (compatible; ms-office; MSOffice 16)",
                "Go-http-client/1.1",
                "Go-http-client/2.0",
                "python-requests/2.32.3",
                "Python-urllib/3.12",
                "Python/3.11 aiohttp/3.9.5",
                "python-httpx/0.27.0",
                "curl/8.7.1",
                "Wget/1.21.4",
                "okhttp/4.12.0",
                "Java-http-client/25.0.1",
                "Apache-HttpClient/4.5.14 (Java/17.0.11)",
                "Dalvik/2.1.0 (Linux; U; Android 14; Pixel 8 Build/AP1A.240405.002)",
                "axios/1.7.2",
                "node-fetch/1.0 (+https://github.com/bitinn/node-fetch)",
                "node",
                "undici",
                "got (https://github.com/sindresorhus/got)",
                "Ruby",
                "Faraday v2.9.0",
                "libwww-perl/6.77",
                "GuzzleHttp/7",
                "PostmanRuntime/7.39.0",
                "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.19041.4412",
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.1; +https://openai.com/gptbot)",
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko); compatible; ChatGPT-User/1.0; "
                        + "+https://openai.com/bot",
                "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; "
                        + "+claudebot@anthropic.com)",
                "meta-externalagent/1.1 (+https://developers.facebook.com/docs/sharing/webmasters/crawler)",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 "
                        + "Safari/537.36",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
                        + "Safari/537.36 Chrome-Lighthouse",
                "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
                "Mozilla/5.0 (Linux; Android 8.0; Pixel 2 Build/OPD3.170816.012) AppleWebKit/537.36 "
                        + "(KHTML, like Gecko) Chrome/81.0.4044.138 Mobile Safari/537.36 GoogleOther",
                "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) "
                        + "Chrome/124.0.6367.201 Mobile Safari/537.36 "
                        + "(compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
                "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 "
                        + "(compatible; Bytespider; spider-feedback@bytedance.com)",
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.1 "
                        + "Safari/605.1.15 (Cloudflare-Healthchecks/1.0)",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
                        + "Safari/537.36 Checkly",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
                        + "Safari/537.36 Site24x7",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
                        + "Safari/537.36 StatusCake",
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 "
                        + "Safari/537.36 Cypress/13.6.0",
                "Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)",
                "Feedly/1.0 (+http://www.feedly.com/fetcher.html; like FeedFetcher-Google)",
                "Miniflux/2.1.3",
                "Mozilla/5.0 (compatible)",
                "Mozilla/5.0",
                "",
                " "
            })
    void recognisesCrawlersAndPreviewFetchers(String agent) {
        assertEquals(Visitor.CRAWLER, Visitor.ofAgent(agent));
    }
}

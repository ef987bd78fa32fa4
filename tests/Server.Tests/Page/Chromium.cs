using Microsoft.Playwright;

namespace Bulkhead.Server.Tests.Page;

/// <summary>The system's browser. Nothing is downloaded.</summary>
internal static class Chromium
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    public static BrowserTypeLaunchOptions Options => new()
    {
        ExecutablePath = Array.Find(Places, File.Exists) ?? throw new FileNotFoundException("Chromium is missing. Run: eng/test server"),
        Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        Timeout = 60_000,
    };

    public static PageScreenshotOptions Shot(string name) => new() { Path = Path.Combine(Repository.Root, "artifacts", "screenshots", name), FullPage = true };
}

using Bulkhead.Server.Tests.Running;
using Microsoft.Playwright;

namespace Bulkhead.Server.Tests.Page;

/// <summary>The status page in a real browser: the system's Chromium. Screenshots are kept in artifacts/screenshots.</summary>
[Collection(ServeCollection.Name)]
public sealed class PageTests(PostgresFixture postgres)
{
    private const string Report = """
        name: orders-report
        nodes:
          - {name: plan, run: "return {regions = {'north', 'south', 'west'}}"}
          - name: north
            type: sql
            config: {connection: orders-db, query: select 165 as total}
          - {name: south, run: "sleep(0.4) return {south = 380}"}
          - {name: west, run: "error('west has no orders')", on_error: {mode: graceful}}
          - {name: collect, run: "return {total = 545, api_key = 'not for eyes'}"}
          - name: store
            type: sql
            config: {connection: orders-db, query: "select pg_sleep(2)"}
        edges:
          - {from: __start__, to: plan}
          - {from: plan, to: [north, south, west], fan_in: collect}
          - {from: collect, to: store}
          - {from: store, to: __end__}
        """;

    [Fact]
    public async Task Page_OneRun_ShowsGraphResourcesAndEventsLive()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice", "acme");
        folder.AddConnection(await postgres.CreateDatabaseAsync(), tenant: "acme");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        await client.WaitForAsync(await client.SubmitAsync(Workflows.Approval), "Suspended");
        await client.WaitForAsync(await client.SubmitAsync(Workflows.Short), "Succeeded");

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(Chromium.Options);
        var page = await OpenAsync(browser, server.Host.Address, ColorScheme.Light, out var complaints);
        await SignInAsync(page, token);
        await page.Locator("#start").ClickAsync();
        await page.Locator("#text").FillAsync(Report);
        await page.Locator("dialog button.primary").ClickAsync();

        await page.Locator("g.box.running text", new PageLocatorOptions { HasText = "store" }).WaitForAsync();
        await page.Locator("#resources .badge >> text=Open").WaitForAsync();
        await page.ScreenshotAsync(Chromium.Shot("page-running.png"));
        await page.Locator("#badge >> text=Succeeded").WaitForAsync();
        await page.Locator("#resources .badge >> text=Released").WaitForAsync();
        (await page.Locator("g.box.succeeded").AllTextContentsAsync()).Count.ShouldBeGreaterThanOrEqualTo(5);
        (await page.Locator("#state").TextContentAsync()).ShouldNotBeNull().ShouldContain("[REDACTED]");
        (await page.Locator("#events").TextContentAsync()).ShouldNotBeNull().ShouldContain("RESOURCE_DISPOSED");
        await page.ScreenshotAsync(Chromium.Shot("page-light.png"));
        complaints.ShouldBeEmpty("neither the script nor the content policy complains");

        var dark = await OpenAsync(browser, server.Host.Address, ColorScheme.Dark, out _);
        await SignInAsync(dark, token);
        await dark.Locator("#badge >> text=Succeeded").WaitForAsync();
        await dark.ScreenshotAsync(Chromium.Shot("page-dark.png"));
    }

    [Fact]
    public async Task Page_ByKeyboardAlone_SignsInChoosesAndResumes()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        var approval = await client.SubmitAsync(Workflows.Approval);
        await client.WaitForAsync(approval, "Suspended");
        await client.WaitForAsync(await client.SubmitAsync(Workflows.Short), "Succeeded");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(Chromium.Options);
        var page = await OpenAsync(browser, server.Host.Address, ColorScheme.Light, out var complaints);

        await page.Locator("#token").WaitForAsync();
        await page.Keyboard.TypeAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await page.GetByText("The token is not valid").WaitForAsync();
        await page.Keyboard.TypeAsync(token);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#runs button[aria-current=true]").WaitForAsync();
        await page.Locator($"#runs button[data-id={approval}]").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#badge >> text=Suspended").WaitForAsync();
        await page.Locator("#resume").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Locator("#badge >> text=Succeeded").WaitForAsync();

        (await client.WaitForAsync(approval, "Succeeded")).GetProperty("attempt").GetInt32().ShouldBe(2);
        complaints.ShouldAllBe(c => c.Contains("401", StringComparison.Ordinal), "only the wrong token was refused");
    }

    [Fact]
    public async Task Page_HostileNames_AreShownAsText()
    {
        using var folder = new ServeFolder();
        var token = folder.AddToken("alice");
        await using var server = await ServerInProcess.StartAsync(folder);
        using var client = server.Client(token);
        const string Hostile = """
            {"name": "<img src=x onerror=alert(1)>", "nodes": [{"name": "<script>alert(2)</script>", "run": "error('<b>bold</b>')"}]}
            """;
        await client.WaitForAsync(await client.SubmitAsync(Hostile), "Failed");
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(Chromium.Options);
        var page = await OpenAsync(browser, server.Host.Address, ColorScheme.Light, out var complaints);
        page.Dialog += (_, dialog) => throw new InvalidOperationException(dialog.Message);

        await SignInAsync(page, token);
        await page.Locator("g.box.failed").WaitForAsync();

        (await page.Locator("#name").TextContentAsync()).ShouldBe("<img src=x onerror=alert(1)>");
        (await page.Locator("main img, main script, main b").CountAsync()).ShouldBe(0);
        complaints.ShouldBeEmpty();
    }

    private static Task<IPage> OpenAsync(IBrowser browser, Uri address, ColorScheme scheme, out List<string> complaints)
    {
        var heard = complaints = [];
        return OpenAsync(browser, address, scheme, heard);
    }

    private static async Task<IPage> OpenAsync(IBrowser browser, Uri address, ColorScheme scheme, List<string> complaints)
    {
        var page = await browser.NewPageAsync(new BrowserNewPageOptions { ColorScheme = scheme, ViewportSize = new ViewportSize { Width = 1280, Height = 900 } });
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        await page.GotoAsync(address.ToString());
        return page;
    }

    private static async Task SignInAsync(IPage page, string token)
    {
        await page.Locator("#token").FillAsync(token);
        await page.Locator("#signin button").ClickAsync();
        await page.Locator("#runs button").First.WaitForAsync();
    }
}

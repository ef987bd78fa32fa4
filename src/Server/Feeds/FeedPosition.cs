using System.Globalization;

namespace Bulkhead.Server.Feeds;

/// <summary>
/// Names an event of a user's feed: <c>&lt;epoch&gt;-&lt;number&gt;</c>. The epoch is another after each start of the server, so that an id of an earlier
/// server is never taken for one of this.
/// </summary>
internal readonly record struct FeedPosition(string Epoch, long Number)
{
    public static FeedPosition? Parse(string? text)
    {
        if (text is null || text.LastIndexOf('-') is not (> 0 and var dash)) return null;
        return long.TryParse(text.AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new FeedPosition(text[..dash], number) : null;
    }

    public override string ToString() => $"{Epoch}-{Number}";
}

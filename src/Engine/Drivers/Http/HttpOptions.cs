using System.Text.Json;
using Bulkhead.Api.Contract;
using Bulkhead.Api.Problems;

namespace Bulkhead.Engine.Drivers.Http;

/// <summary>How requests are authorised. Auto takes what the secret holds: token, else apiKey, else username, else nothing.</summary>
internal enum HttpAuthorization
{
    Auto,
    None,
    Bearer,
    Basic,
    ApiKey,
    OAuth2,
}

/// <summary>The <c>config</c> of an http connection. Defaults stand here and nowhere else.</summary>
internal sealed record HttpOptions
{
    /// <summary>Absolute, http or https; every request stays on its origin and below its path.</summary>
    public required Uri BaseUrl { get; init; }

    public HttpAuthorization Authorization { get; init; } = HttpAuthorization.Auto;

    /// <summary>Whether redirects may lead to another origin; never with credentials.</summary>
    public bool FollowOrigins { get; init; }

    public string ApiKeyHeader { get; init; } = "X-Api-Key";

    /// <summary>OAuth 2.0 client credentials: where tokens come from; needed by <see cref="HttpAuthorization.OAuth2"/>.</summary>
    public Uri? TokenUrl { get; init; }

    /// <summary>Where tokens are revoked at the release (RFC 7009), or null.</summary>
    public Uri? RevocationUrl { get; init; }

    public string? Scope { get; init; }

    /// <summary>Connections to the server at once.</summary>
    public int MaxSessions { get; init; } = 8;

    /// <summary>Bytes of one answer.</summary>
    public int MaxBytes { get; init; } = 16 << 20;

    /// <summary>Time for one try.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Further tries of a request whose method is idempotent.</summary>
    public int MaxRetries { get; init; } = 2;

    public static HttpOptions Read(ConnectionDefinition connection, out IReadOnlyList<Problem> problems)
    {
        var config = new ConfigReader(connection);
        var options = new HttpOptions
        {
            BaseUrl = Url(config, "baseUrl", required: true) ?? new Uri("http://localhost"),
            Authorization = config.Choice("authorization", HttpAuthorization.Auto),
            ApiKeyHeader = config.Text("apiKeyHeader", "X-Api-Key"),
            TokenUrl = Url(config, "tokenUrl"),
            RevocationUrl = Url(config, "revocationUrl"),
            Scope = config.Text("scope") is { Length: > 0 } scope ? scope : null,
            MaxSessions = (int)config.Integer("maxSessions", 8, 1, 256),
            MaxBytes = (int)config.Integer("maxBytes", 16 << 20, 1024, 256 << 20),
            Timeout = config.Duration("timeout", TimeSpan.FromSeconds(30), TimeSpan.FromHours(1)),
            MaxRetries = (int)config.Integer("maxRetries", 2, 0, 10),
        };
        _ = config.Raw("cidrs"); // For the cluster's network policy, not for us.
        _ = config.Raw("prices"); // For chat completions.
        if ((options.Authorization == HttpAuthorization.OAuth2) != (options.TokenUrl is not null))
        {
            config.Fault("tokenUrl", "INVALID_VALUE", "The field 'tokenUrl' belongs to 'authorization: OAuth2', and only to it.");
        }

        problems = config.Finish();
        return options;
    }

    private static Uri? Url(ConfigReader config, string field, bool required = false)
    {
        string text = config.Text(field, required: required);
        if (text.Length == 0)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            && url.UserInfo.Length == 0 && url.Fragment.Length == 0 && url.Query.Length == 0)
        {
            return url;
        }

        config.Fault(field, "INVALID_VALUE", $"The field '{field}' must be an absolute http or https URL without user, query and fragment.");
        return null;
    }
}

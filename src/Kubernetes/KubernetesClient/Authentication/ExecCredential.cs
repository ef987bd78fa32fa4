namespace k8s.Authentication;

/// <summary>What an exec plugin answers in <c>status</c>.</summary>
internal sealed record ExecCredential
{
    public string? Token { get; init; }

    public string? ClientCertificateData { get; init; }

    public string? ClientKeyData { get; init; }

    /// <summary>Null: valid for the life of the process.</summary>
    public DateTimeOffset? ExpirationTimestamp { get; init; }

    internal sealed record Envelope(ExecCredential? Status);
}

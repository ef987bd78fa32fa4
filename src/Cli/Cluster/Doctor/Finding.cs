namespace Bulkhead.Cli.Cluster.Doctor;

/// <summary>What one look found.</summary>
/// <param name="State">ok; note: nothing is wrong; wrong; unknown: it could not be looked at.</param>
/// <param name="Check">What was looked at.</param>
/// <param name="Found">What is so.</param>
/// <param name="Do">What to do about it.</param>
internal sealed record Finding(string State, string Check, string Found, string Do = "")
{
    public const string Healthy = "ok";

    public static Finding Ok(string check, string found) => new(Healthy, check, found);

    public static Finding Note(string check, string found, string what) => new("note", check, found, what);

    public static Finding Wrong(string check, string found, string what) => new("wrong", check, found, what);

    public static Finding Unknown(string check, string found, string what) => new("unknown", check, found, what);

    public bool IsTrouble => State is "wrong" or "unknown";
}

namespace Bulkhead.Cli.Tests;

/// <summary>A file that lives as long as its test.</summary>
internal sealed class TemporaryFile : IDisposable
{
    public TemporaryFile(string text, string extension) : this(System.Text.Encoding.UTF8.GetBytes(text), extension)
    {
    }

    public TemporaryFile(byte[] bytes, string extension)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"bulkhead-test-{Guid.NewGuid():n}{extension}");
        File.WriteAllBytes(Path, bytes);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}

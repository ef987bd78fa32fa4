using Bulkhead.Api.Text;

namespace Bulkhead.Cli.Commands;

/// <summary>Reads a file of the command line, or standard input for <c>-</c>; never more than a document may have.</summary>
internal static class InputFile
{
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        await using var stream = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        var buffer = new byte[InputBounds.DocumentBytes + 1]; // One more than allowed: the reader says what the bound is.
        var read = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer.AsMemory(0, read);
    }
}

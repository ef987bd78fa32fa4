using System.Buffers;
using System.Data;
using System.Text.Json;
using Npgsql;

namespace Bulkhead.Engine.Drivers.Postgres;

/// <summary>
/// A statement's answer as <c>{"columns":[..],"rows":[{..}],"row_count":n,"affected":n}</c>, within the limits of rows and bytes.
/// Values are asked for as text, so none is lost in a CLR type. Columns of one name get <c>_2</c>, <c>_3</c>.
/// </summary>
internal sealed class PostgresRows(PostgresOptions limits)
{
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private char[] _chars = new char[256];

    public async Task<JsonElement> ReadAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        command.AllResultTypesAreUnknown = true;
        NpgsqlDataReader reader = await command.ExecuteReaderAsync(CommandBehavior.SequentialAccess, cancellationToken);
        try
        {
            return await ReadAllAsync(reader, cancellationToken);
        }
        catch (NodeFailureException)
        {
            await AbandonAsync(command, reader);
            throw;
        }
        finally
        {
            await reader.DisposeAsync();
        }
    }

    private async Task<JsonElement> ReadAllAsync(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        await using var json = new Utf8JsonWriter(_buffer);
        string[] columns = UniqueNames(reader);
        json.WriteStartObject();
        json.WriteStartArray("columns");
        Array.ForEach(columns, json.WriteStringValue);
        json.WriteEndArray();
        json.WriteStartArray("rows");
        int rows = 0;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (++rows > limits.MaxRows)
            {
                throw TooLarge($"more than {limits.MaxRows} rows", "maxRows");
            }

            await WriteRowAsync(json, reader, columns, cancellationToken);
        }

        json.WriteEndArray();
        json.WriteNumber("row_count", rows);
        json.WriteNumber("affected", Math.Max(0, reader.RecordsAffected));
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        return JsonElement.Parse(_buffer.WrittenSpan);
    }

    private async Task WriteRowAsync(Utf8JsonWriter json, NpgsqlDataReader reader, string[] columns, CancellationToken cancellationToken)
    {
        json.WriteStartObject();
        for (int column = 0; column < columns.Length; column++)
        {
            json.WritePropertyName(columns[column]);
            if (await reader.IsDBNullAsync(column, cancellationToken))
            {
                json.WriteNullValue();
                continue;
            }

            PostgresValues.Write(json, await ReadTextAsync(reader, column, cancellationToken), reader.GetDataTypeOID(column));
            if (json.BytesCommitted + json.BytesPending > limits.MaxBytes)
            {
                throw TooLarge($"more than {limits.MaxBytes} bytes", "maxBytes");
            }
        }

        json.WriteEndObject();
    }

    /// <summary>Reads a value piece by piece, so that one huge value cannot fill the memory.</summary>
    private async Task<string> ReadTextAsync(NpgsqlDataReader reader, int column, CancellationToken cancellationToken)
    {
        using TextReader text = await reader.GetTextReaderAsync(column, cancellationToken);
        int length = 0;
        while (true)
        {
            int read = await text.ReadAsync(_chars.AsMemory(length), cancellationToken);
            length += read;
            if (read == 0)
            {
                return new string(_chars, 0, length);
            }

            if (length > limits.MaxBytes)
            {
                throw TooLarge($"more than {limits.MaxBytes} bytes", "maxBytes");
            }

            if (length == _chars.Length)
            {
                Array.Resize(ref _chars, _chars.Length * 4);
            }
        }
    }

    private static string[] UniqueNames(NpgsqlDataReader reader)
    {
        string[] names = new string[reader.FieldCount];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int column = 0; column < names.Length; column++)
        {
            string name = reader.GetName(column);
            string unique = name;
            for (int count = 2; !seen.Add(unique); count++)
            {
                unique = $"{name}_{count}";
            }

            names[column] = unique;
        }

        return names;
    }

    /// <summary>Tells the server to stop sending; without it, closing the reader would read the rest.</summary>
    private static async Task AbandonAsync(NpgsqlCommand command, NpgsqlDataReader reader)
    {
        try
        {
            command.Cancel();
            await reader.DisposeAsync();
        }
        catch (NpgsqlException)
        {
            // The cancellation's own echo (57014), or a connection that broke: the caller's failure says more.
        }
    }

    private static NodeFailureException TooLarge(string what, string setting) => new(
        "SqlError",
        $"The query returned {what}, the limit of this connection ({setting}). Ask for less, or raise {setting} in its config.",
        retryable: false);
}

#!/usr/bin/env -S dotnet run --file
#:property RestorePackagesWithLockFile=false
#:property PublishAot=false
// dotnet run --file eng/sbom.cs -- PROGRAM VERSION SHARED DPKG-STATUS [DEBIAN-PACKAGE...]
// Writes CycloneDX 1.5 JSON of what an image holds: the packages that the published PROGRAM (its path without .dll) was put together
// from, the .NET frameworks in the folder SHARED, and Debian packages with the versions that DPKG-STATUS gives (none named: all of it).
// No time and no serial number: the same bytes for the same parts.
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

var (program, version, shared, status) = (args[0], args[1], args[2], args[3]);
var name = Path.GetFileName(program);
var application = Component("application", name, version, $"pkg:generic/{name}@{version}");
application["licenses"] = new JsonArray(new JsonObject { ["license"] = new JsonObject { ["id"] = "Apache-2.0" } });
var document = new JsonObject
{
    ["bomFormat"] = "CycloneDX",
    ["specVersion"] = "1.5",
    ["version"] = 1,
    ["metadata"] = new JsonObject { ["component"] = application },
    ["components"] = new JsonArray([.. NuGet(program + ".deps.json"), .. Frameworks(shared), .. Debian(status, args[4..])]),
};
Console.WriteLine(document.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

static IEnumerable<JsonNode> NuGet(string dependencies) =>
    from library in JsonNode.Parse(File.ReadAllText(dependencies))!["libraries"]!.AsObject()
    where (string?)library.Value!["type"] == "package"
    orderby library.Key
    let parts = library.Key.Split('/')
    let digest = Convert.FromBase64String(((string)library.Value!["sha512"]!)["sha512-".Length..])
    select With(Component("library", parts[0], parts[1], $"pkg:nuget/{parts[0]}@{parts[1]}"), digest);

static IEnumerable<JsonNode> Frameworks(string shared) =>
    from folder in Directory.EnumerateDirectories(shared).Order(StringComparer.Ordinal)
    from number in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal)
    let parts = (Name: Path.GetFileName(folder), Version: Path.GetFileName(number))
    select Component("framework", parts.Name, parts.Version, $"pkg:generic/{parts.Name}@{parts.Version}");

static IEnumerable<JsonNode> Debian(string status, string[] wanted) =>
    from paragraph in (File.Exists(status) ? File.ReadAllText(status) : "").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
    let package = Field(paragraph, "Package: ")
    where package is not null && (wanted.Length == 0 || wanted.Contains(package))
    orderby package
    let number = Field(paragraph, "Version: ")
    select Component("library", package, number, $"pkg:deb/debian/{package}@{number}");

static string? Field(string paragraph, string name) =>
    paragraph.Split('\n').FirstOrDefault(line => line.StartsWith(name, StringComparison.Ordinal))?[name.Length..];

static JsonObject Component(string type, string name, string version, string purl) =>
    new() { ["type"] = type, ["bom-ref"] = purl, ["name"] = name, ["version"] = version, ["purl"] = purl };

static JsonObject With(JsonObject component, byte[] sha512)
{
    component["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = Convert.ToHexStringLower(sha512) });
    return component;
}

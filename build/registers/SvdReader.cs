using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace SharpProbe.Build.Registers;

/// <summary>Reads what the generator needs of a CMSIS-SVD file (plain or gzip): names, offsets, bits, reset values. Descriptions are not read.</summary>
static class SvdReader
{
    public static IReadOnlyList<SvdPeripheral> Read(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz") ? new GZipStream(file, CompressionMode.Decompress) : file;
        var elements = XDocument.Load(text).Descendants("peripheral").ToDictionary(p => p.Element("name")!.Value);
        return [.. elements.Values.Select(p => Peripheral(p, elements)).OrderBy(p => p.Address)];
    }

    private static SvdPeripheral Peripheral(XElement p, Dictionary<string, XElement> all)
    {
        XElement layout = p.Element("registers") is null && p.Attribute("derivedFrom") is { } from ? all[from.Value] : p;
        return new(p.Element("name")!.Value, layout.Element("name")!.Value, Number(p.Element("baseAddress")),
            [.. layout.Descendants("register").SelectMany(Registers)],
            [.. p.Elements("interrupt").Select(i => new SvdInterrupt(i.Element("name")!.Value, (int)Number(i.Element("value"))))]);
    }

    /// <summary>One register, or all of a dim array; clusters add their offset.</summary>
    private static IEnumerable<SvdRegister> Registers(XElement r)
    {
        uint cluster = r.Parent!.Name == "cluster" ? Number(r.Parent.Element("addressOffset")) : 0;
        string name = r.Element("name")!.Value;
        uint offset = cluster + Number(r.Element("addressOffset"));
        int width = r.Element("size") is { } size ? (int)Number(size) : 32;
        var fields = r.Descendants("field").Select(Field).OrderBy(f => f.Low).ToList();
        uint reset = Number(r.Element("resetValue"));
        if (r.Element("dim") is not { } dim)
        {
            yield return new(name, offset, width, reset, fields);
            yield break;
        }
        string[] index = r.Element("dimIndex")?.Value.Split(',') ?? [.. Enumerable.Range(0, (int)Number(dim)).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        for (int i = 0; i < index.Length; i++)
            yield return new(name.Replace("%s", index[i]), offset + (uint)i * Number(r.Element("dimIncrement")), width, reset, fields);
    }

    private static SvdField Field(XElement f)
    {
        if (f.Element("bitRange")?.Value is { } range)
        {
            int[] bits = [.. range.Trim('[', ']').Split(':').Select(b => int.Parse(b, CultureInfo.InvariantCulture))];
            return new(f.Element("name")!.Value, bits[1], bits[0] - bits[1] + 1);
        }
        int low = (int)Number(f.Element("bitOffset") ?? f.Element("lsb"));
        int width = f.Element("bitWidth") is { } w ? (int)Number(w) : (int)Number(f.Element("msb")) - low + 1;
        return new(f.Element("name")!.Value, low, width);
    }

    private static uint Number(XElement? e)
    {
        string text = e?.Value.Trim() ?? "0";
        return text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? uint.Parse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            : uint.Parse(text, CultureInfo.InvariantCulture);
    }
}

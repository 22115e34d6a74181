using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;

namespace SharpProbe.Sim.Svd;

/// <summary>The register facts of one chip from an SVD file (CMSIS-SVD 1.3), plain or gzipped.</summary>
public sealed class SvdFile
{
    private readonly Dictionary<string, XElement> _peripherals;

    public SvdFile(string path)
    {
        using Stream file = File.OpenRead(path);
        using Stream text = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : file;
        Name = Path.GetFileName(path).Split('.')[0];
        _peripherals = XDocument.Load(text).Descendants("peripheral").ToDictionary(p => Text(p, "name"));
    }

    /// <summary>"STM32F723".</summary>
    public string Name { get; }

    public bool Has(string peripheral) => _peripherals.ContainsKey(peripheral);

    /// <summary>Registers of a peripheral or of the one it derives from.</summary>
    public IReadOnlyList<SvdRegister> Registers(string peripheral)
    {
        var element = _peripherals[peripheral];
        while (element.Element("registers") is null && element.Attribute("derivedFrom") is { } parent) element = _peripherals[parent.Value];
        return [.. element.Descendants("register").Select(Read)];
    }

    private static SvdRegister Read(XElement register)
    {
        string access = Text(register, "access");
        uint fields = 0, writable = 0;
        foreach (var field in register.Descendants("field"))
        {
            var (low, width) = Bits(field);
            uint mask = (uint)((1UL << width) - 1) << low;
            fields |= mask;
            if ((Text(field, "access") is { Length: > 0 } own ? own : access) != "read-only") writable |= mask;
        }
        if (fields == 0) (fields, writable) = (uint.MaxValue, access == "read-only" ? 0 : uint.MaxValue);
        return new(Text(register, "name"), Number(register, "addressOffset"), Number(register, "resetValue"), fields, writable);
    }

    /// <summary>"[31:24]", or offset and width.</summary>
    private static (int Low, int Width) Bits(XElement field)
    {
        if (Text(field, "bitRange").Trim('[', ']').Split(':') is not [var high, var low]) return ((int)Number(field, "bitOffset"), (int)Number(field, "bitWidth"));
        int first = int.Parse(low, CultureInfo.InvariantCulture);
        return (first, int.Parse(high, CultureInfo.InvariantCulture) - first + 1);
    }

    private static string Text(XElement parent, string name) => parent.Element(name)?.Value.Trim() ?? "";

    /// <summary>Some files write hexadecimal reset values without a prefix, but then with leading zeros.</summary>
    private static uint Number(XElement parent, string name)
    {
        string text = Text(parent, name);
        if (text.Length == 0) return 0;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)) return uint.Parse(text.AsSpan(2), NumberStyles.HexNumber);
        return uint.Parse(text, text.Length > 1 && text[0] == '0' ? NumberStyles.HexNumber : NumberStyles.None);
    }
}

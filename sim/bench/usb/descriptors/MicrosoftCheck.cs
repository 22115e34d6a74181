using System.Buffers.Binary;
using System.Text;

namespace SharpProbe.Sim.Usb;

/// <summary>"Microsoft OS 2.0 Descriptors Specification": the platform capability, and the set with its subsets, each inside its parent and each as long as it says.</summary>
internal sealed class MicrosoftCheck(UsbConfiguration? configuration, UsbFindings findings)
{
    private const int SetHeader = 0, ConfigurationSubset = 1, FunctionSubset = 2, CompatibleId = 3, Property = 4;
    private const int MultiString = 7, HeaderSize = 10, SubsetSize = 8, CompatibleIdSize = 20, CapabilitySize = 28;

    private static readonly Guid s_platform = new("D8DD60DF-4589-4CC7-9CD2-659D9E648A9F");

    /// <summary>The interfaces that ask for WinUSB, by number, with their GUIDs.</summary>
    public Dictionary<int, string> WinUsb { get; } = [];

    /// <summary>The capability in a BOS; false where there is none.</summary>
    public static bool TryFind(byte[] bos, out byte vendorCode, out int setLength, UsbFindings findings)
    {
        (vendorCode, setLength) = (0, 0);
        for (int at = 5; at + 3 <= bos.Length && bos[at] >= 3 && at + bos[at] <= bos.Length; at += bos[at])
        {
            if (bos[at + 2] != 5 || bos[at] < 20 || new Guid(bos.AsSpan(at + 4, 16)) != s_platform) continue;
            findings.Require(bos[at] == CapabilitySize, $"MS OS 2.0 capability: {bos[at]} bytes; {CapabilitySize} are due for one version of Windows");
            if (bos[at] < CapabilitySize) return false;
            findings.Require(bos[at + 3] == 0, $"MS OS 2.0 capability: bReserved is {bos[at + 3]}");
            uint version = BinaryPrimitives.ReadUInt32LittleEndian(bos.AsSpan(at + 20));
            findings.Require(version >= 0x0603_0000, $"MS OS 2.0 capability: dwWindowsVersion is 0x{version:X8}; Windows 8.1 (0x06030000) is the first");
            (vendorCode, setLength) = (bos[at + 26], BinaryPrimitives.ReadUInt16LittleEndian(bos.AsSpan(at + 24)));
            return true;
        }
        return false;
    }

    public void Run(byte[] set, int length)
    {
        Require(set.Length == length, $"{set.Length} bytes came, {length} are announced in the BOS");
        if (set.Length < HeaderSize || U16(set, 0) != HeaderSize || U16(set, 2) != SetHeader)
        {
            Require(false, "it does not begin with a set header of 10 bytes");
            return;
        }
        Require(U16(set, 8) == set.Length, $"wTotalLength is {U16(set, 8)}, {set.Length} bytes came");
        Require(BinaryPrimitives.ReadUInt32LittleEndian(set.AsSpan(4)) >= 0x0603_0000, "dwWindowsVersion is before 8.1");
        Features(set.AsSpan(HeaderSize), -1, SetHeader);
    }

    private void Features(ReadOnlySpan<byte> rest, int number, int parent)
    {
        string id = "", guid = "";
        while (!rest.IsEmpty)
        {
            int length = rest.Length < 4 ? 0 : U16(rest, 0), type = rest.Length < 4 ? -1 : U16(rest, 2);
            bool subset = type is ConfigurationSubset or FunctionSubset;
            if (subset && rest.Length >= SubsetSize)
            {
                Require(length == SubsetSize, $"a subset header of {length} bytes");
                length = U16(rest, 6);
            }
            if (length < 4 || length > rest.Length || subset && length < SubsetSize)
            {
                Require(false, $"a descriptor of type {type} says it is {length} bytes long; {rest.Length} are left in its parent");
                return;
            }
            Require(!subset || parent == type - 1, $"a subset of type {type} inside one of type {parent}");
            switch (type)
            {
                case ConfigurationSubset:
                    // By index: Windows matches 0 with the first, whatever its bConfigurationValue is.
                    Require(rest[4] == 0 && rest[5] == 0, $"bConfigurationValue is {rest[4]}, bReserved {rest[5]}; Windows wants the index of the configuration, 0");
                    Features(rest[SubsetSize..length], -1, type);
                    break;
                case FunctionSubset:
                    Require(rest[5] == 0, $"bReserved of a function subset is {rest[5]}");
                    Function(rest[4]);
                    Features(rest[SubsetSize..length], rest[4], type);
                    break;
                case CompatibleId:
                    Require(length == CompatibleIdSize, $"a compatible id of {length} bytes, {CompatibleIdSize} are due");
                    if (length == CompatibleIdSize) id = Id(rest.Slice(4, 8)) + Id(rest.Slice(12, 8));
                    break;
                case Property:
                    guid = Registry(rest[..length]) ?? guid;
                    break;
                default:
                    Require(type is > 4 and <= 8, $"a descriptor of the unknown type {type}");
                    break;
            }
            rest = rest[length..];
        }
        if (id != "WINUSB") return;
        Require(Guid.TryParseExact(guid, "B", out _), $"interface {number} asks for WinUSB without a DeviceInterfaceGUIDs that programs could find it by (\"{guid}\")");
        WinUsb[number] = guid;
    }

    private void Function(int first)
    {
        if (configuration is null) return;
        var association = configuration.Associations.Find(a => first > a.First && first < a.First + a.Count);
        Require(configuration.Interfaces.Any(i => i.Number == first), $"a function subset for interface {first}, which is not there");
        Require(association is null, $"a function subset for interface {first}, which is not the first of its function");
    }

    private string Id(ReadOnlySpan<byte> field)
    {
        string text = Encoding.ASCII.GetString(field).TrimEnd('\0');
        Require(text.All(c => c is >= 'A' and <= 'Z' or >= '0' and <= '9' or '_'), $"a compatible id \"{text}\": only capitals, digits and underlines, and zeros at the end");
        return text;
    }

    /// <summary>The GUID, where the property is the one that holds it.</summary>
    private string? Registry(ReadOnlySpan<byte> p)
    {
        int nameLength = p.Length < 10 ? 0 : U16(p, 6), at = 8 + nameLength, valueLength = p.Length < at + 2 ? -1 : U16(p, at);
        if (nameLength < 4 || valueLength < 0 || at + 2 + valueLength != p.Length)
        {
            Require(false, $"a registry property of {p.Length} bytes with a name of {nameLength} and a value of {valueLength}");
            return null;
        }
        string name = Encoding.Unicode.GetString(p.Slice(8, nameLength)), value = Encoding.Unicode.GetString(p.Slice(at + 2, valueLength));
        int kind = U16(p, 4);
        Require(kind is >= 1 and <= 7, $"a registry property of kind {kind}");
        Require(name.EndsWith('\0') && name.IndexOf('\0') == name.Length - 1, $"the name of a registry property, \"{name.Replace('\0', '~')}\", does not end with its only NUL");
        if (name != "DeviceInterfaceGUIDs\0") return null;
        Require(kind == MultiString && value.EndsWith("\0\0"), "DeviceInterfaceGUIDs is no REG_MULTI_SZ, which ends with two NULs");
        return value.Split('\0')[0];
    }

    private static int U16(ReadOnlySpan<byte> from, int at) => BinaryPrimitives.ReadUInt16LittleEndian(from[at..]);

    private void Require(bool good, string sentence) => findings.Require(good, $"MS OS 2.0 descriptor set: {sentence}");
}

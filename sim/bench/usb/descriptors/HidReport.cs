using System.Buffers.Binary;

namespace SharpProbe.Sim.Usb;

/// <summary>A report descriptor, item by item (HID 1.11, 6.2.2): how long each report is, and what breaks the rules of items, usages and collections.</summary>
internal sealed class HidReport
{
    private const int Main = 0, Global = 1, Local = 2, LongItem = 0xFE;
    private const int InputTag = 8, OutputTag = 9, CollectionTag = 10, FeatureTag = 11, EndTag = 12;
    private const int UsagePageTag = 0, LogicalMinTag = 1, LogicalMaxTag = 2, SizeTag = 7, IdTag = 8, CountTag = 9, PushTag = 10, PopTag = 11;
    private const int UsageTag = 0, UsageMinTag = 1, UsageMaxTag = 2;

    private readonly string _name;
    private readonly UsbFindings _findings;
    private readonly Dictionary<(int Kind, int Id), int> _bits = [];
    private readonly Stack<Globals> _stack = [];
    private Globals _now;
    private int _depth, _collections, _usages;

    public HidReport(byte[] bytes, string name, UsbFindings findings)
    {
        (_name, _findings) = (name, findings);
        for (int at = 0; at < bytes.Length;)
        {
            int prefix = bytes[at], size = prefix == LongItem ? at + 1 < bytes.Length ? bytes[at + 1] + 2 : 2 : (prefix & 3) == 3 ? 4 : prefix & 3;
            if (at + 1 + size > bytes.Length)
            {
                Add($"the item 0x{prefix:X2} at byte {at} has {size} bytes of data; {bytes.Length - at - 1} are left");
                return;
            }
            if (prefix != LongItem) Item(prefix >> 2 & 3, prefix >> 4, bytes.AsSpan(at + 1, size));
            at += 1 + size;
        }
        Require(_depth == 0, $"{_depth} collections are not closed (6.2.2.6)");
        Require(_collections > 0, "no collection");
        foreach (var (key, bits) in _bits) Require(bits % 8 == 0, $"the {Kind(key.Kind)} report {key.Id} has {bits} bits, no whole bytes (8.4)");
        Require(_bits.Keys.All(k => k.Id == 0) || _bits.Keys.All(k => k.Id != 0), "some reports have an id and some have none (6.2.2.7)");
    }

    /// <summary>Bytes of the longest report of a kind, its id included; 0: there is none.</summary>
    public int Input => Length(InputTag);
    public int Output => Length(OutputTag);
    public int Feature => Length(FeatureTag);

    private int Length(int kind) => _bits.Where(b => b.Key.Kind == kind).Select(b => b.Value / 8 + (b.Key.Id == 0 ? 0 : 1)).DefaultIfEmpty(0).Max();

    private static string Kind(int tag) => tag switch { InputTag => "input", OutputTag => "output", _ => "feature" };

    private void Item(int type, int tag, ReadOnlySpan<byte> data)
    {
        int value = data.Length switch
        {
            0 => 0,
            1 => (sbyte)data[0],
            2 => BinaryPrimitives.ReadInt16LittleEndian(data),
            _ => BinaryPrimitives.ReadInt32LittleEndian(data),
        };
        int raw = data.Length switch { 1 => data[0], 2 => BinaryPrimitives.ReadUInt16LittleEndian(data), _ => value };
        switch (type)
        {
            case Main:
                MainItem(tag, raw);
                _usages = 0;
                break;
            case Global:
                GlobalItem(tag, value, raw);
                break;
            case Local:
                if (tag is UsageTag or UsageMinTag or UsageMaxTag) _usages++;
                break;
            default:
                Add($"an item of the reserved type, tag {tag}");
                break;
        }
    }

    private void MainItem(int tag, int raw)
    {
        switch (tag)
        {
            case CollectionTag:
                Require(_depth > 0 || raw == 1, $"the outermost collection is of kind {raw}, not an application (6.2.2.6)");
                Require(_usages > 0 && _now.HasPage, "a collection without usage or usage page");
                (_depth, _collections) = (_depth + 1, _collections + 1);
                break;
            case EndTag:
                Require(_depth > 0, "an end of a collection that was not begun");
                _depth--;
                break;
            case InputTag or OutputTag or FeatureTag:
                Require(_depth > 0, $"an {Kind(tag)} item outside of every collection");
                Require((raw & 1) != 0 || _usages > 0 && _now.HasPage, $"an {Kind(tag)} item that is data, without usage");
                Require(_now.Size > 0 && _now.Count > 0, $"an {Kind(tag)} item of {_now.Count} fields of {_now.Size} bits");
                Require(_now.HasLimits && _now.Min < _now.Max, $"an {Kind(tag)} item with logical minimum {_now.Min} and maximum {_now.Max} (6.2.2.7)");
                _bits[(tag, _now.Id)] = _bits.GetValueOrDefault((tag, _now.Id)) + _now.Size * _now.Count;
                break;
            default:
                Add($"a main item with the reserved tag {tag}");
                break;
        }
    }

    private void GlobalItem(int tag, int value, int raw)
    {
        switch (tag)
        {
            case UsagePageTag:
                _now.HasPage = true;
                break;
            case LogicalMinTag:
                (_now.Min, _now.HasMin) = (value, true);
                break;
            case LogicalMaxTag:
                (_now.Max, _now.HasMax) = (value, true);
                break;
            case SizeTag:
                _now.Size = raw;
                break;
            case CountTag:
                _now.Count = raw;
                break;
            case IdTag:
                Require(raw is > 0 and < 256, $"report id {raw}");
                _now.Id = raw;
                break;
            case PushTag:
                _stack.Push(_now);
                break;
            case PopTag:
                if (!_stack.TryPop(out _now)) Add("a pop without a push");
                break;
        }
    }

    private void Add(string sentence) => _findings.Add($"{_name}: {sentence}");

    private void Require(bool good, string sentence) => _findings.Require(good, $"{_name}: {sentence}");

    private struct Globals
    {
        public bool HasPage, HasMin, HasMax;
        public int Min, Max, Size, Count, Id;

        public readonly bool HasLimits => HasMin && HasMax;
    }
}

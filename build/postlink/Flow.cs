namespace SharpProbe.Build.PostLink;

/// <summary>Where a function's items lead.</summary>
sealed class Flow(Function function)
{
    private readonly Dictionary<uint, int> _places = function.Items.Select((item, place) => (item.OldOffset, place)).ToDictionary();

    public List<CodeItem> Items => function.Items;

    /// <summary>Place in the list of the item at an old offset, such as the target of a branch.</summary>
    public int PlaceOf(uint oldOffset) => _places[oldOffset];

    /// <summary>Place of the next item that is left; the number of items at the end.</summary>
    public int Next(int place)
    {
        do place++;
        while (place < Items.Count && Items[place].Kind == CodeKind.Removed);
        return place;
    }

    /// <summary>Place of the item before that is left; -1 at the start.</summary>
    public int Previous(int place)
    {
        do place--;
        while (place >= 0 && Items[place].Kind == CodeKind.Removed);
        return place;
    }

    /// <summary>What follows is not reached from here.</summary>
    public static bool Ends(CodeItem item) => item.Kind == CodeKind.Jump || item is { Kind: CodeKind.Branch, Condition: CodeItem.Always } || Returns(item);

    /// <summary>pop {…, pc}, bx.</summary>
    public static bool Returns(CodeItem item) => item.Kind == CodeKind.Plain && item.HalfWords switch
    {
        [var first] => (first & 0xFF00) == 0xBD00 || (first & 0xFF87) == 0x4700,
        [0xE8BD, var second] => (second & 0x8000) != 0,
        [0xF85D, 0xFB04] => true,
        _ => false,
    };

    /// <summary>BL, or BLX to a register.</summary>
    public static bool Calls(CodeItem item) => item.Kind == CodeKind.Call || item is { Kind: CodeKind.Plain, HalfWords: [var first] } && (first & 0xFF87) == 0x4780;
}

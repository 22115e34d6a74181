namespace SharpProbe.Build.PostLink;

/// <summary>Who sets and who reads the condition flags (DDI 0403E, A5.2, A5.3, A7.7). What is not known to set all four of them lets them through.</summary>
static class Flags
{
    private const int FarEnough = 40;

    /// <summary>From this item on, on every path, the flags are set anew or a call or return comes before anything reads them. Too long a way counts as read.</summary>
    public static bool AreDead(Flow flow, int place) => AreDead(flow, place, FarEnough);

    private static bool AreDead(Flow flow, int place, int left)
    {
        for (; left > 0 && place < flow.Items.Count; place++, left--)
        {
            CodeItem item = flow.Items[place];
            if (Flow.Calls(item) || Flow.Returns(item)) return true;
            switch (item.Kind)
            {
                case CodeKind.Jump: return true;
                case CodeKind.CompareBranch: return AreDead(flow, flow.PlaceOf(item.Target), left / 2) && AreDead(flow, place + 1, left / 2);
                case CodeKind.Branch when item.Condition != CodeItem.Always: return false;
                case CodeKind.Branch:
                    place = flow.PlaceOf(item.Target) - 1;
                    break;
                case CodeKind.Plain when Read(item.HalfWords): return false;
                case CodeKind.Plain when SetAll(item.HalfWords): return true;
            }
        }
        return false;
    }

    /// <summary>adc, sbc, rrx, mrs.</summary>
    private static bool Read(ushort[] code) => code switch
    {
        [var first] => (first & 0xFFC0) is 0x4140 or 0x4180,
        [var first, var second] => (first & 0xFBE0) is 0xF140 or 0xF160 || (first & 0xFFE0) is 0xEB40 or 0xEB60 || ((first & 0xFFEF) == 0xEA4F && (second & 0x70F0) == 0x30) || (first & 0xFFE0) == 0xF3E0,
        _ => true,
    };

    /// <summary>Comparisons, and the forms of add and sub that set flags.</summary>
    private static bool SetAll(ushort[] code) => code switch
    {
        [var first] => (first & 0xF800) is 0x2800 or 0x3000 or 0x3800 || (first & 0xFFC0) is 0x4280 or 0x42C0 || (first & 0xFF00) == 0x4500 || (first & 0xF800) == 0x1800,
        [var first, _] => (first & 0xFBF0) is 0xF110 or 0xF1B0 or 0xF1D0 || (first & 0xFFF0) is 0xEB10 or 0xEBB0 or 0xEBD0,
        _ => false,
    };
}

using System.Text;
using SharpProbe.Adi;
using SharpProbe.Io;

namespace SharpProbe.Tests.Adi;

public class FaultTextTests
{
    private static string Words(FaultKind kind)
    {
        var writer = new ByteWriter(new byte[200]);
        new DebugFault(kind, 0x1234, 5).Describe(ref writer);
        return Encoding.ASCII.GetString(writer.Written);
    }

    [Fact]
    public void Each_kind_has_words_of_its_own() =>
        Assert.Equal(Enum.GetValues<FaultKind>().Length, Enum.GetValues<FaultKind>().Select(Words).Where(w => w.Length > 0).Distinct().Count());

    [Fact]
    public void The_words_are_in_the_order_of_the_kinds() => Assert.Equal(("no error", "bus error at 0x00001234", "bad argument", "not supported by this target"), (Words(FaultKind.None), Words(FaultKind.BusError), Words(FaultKind.BadArgument), Words(FaultKind.Unsupported)));
}

using SharpProbe.Flashing;

namespace SharpProbe.Tests.Flashing;

public class CrcTests
{
    [Fact] public void The_check_value_of_the_catalogue() => Assert.Equal(0xCBF4_3926u, Crc32.Of("123456789"u8));

    [Fact] public void Parts_give_the_sum_of_the_whole() => Assert.Equal(0xCBF4_3926u, Crc32.Finish(Crc32.Add(Crc32.Add(Crc32.Start, "1234"u8), "56789"u8)));
}

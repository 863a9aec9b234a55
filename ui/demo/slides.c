/* SPDX-License-Identifier: MIT */

#include "ui/demo/slides.h"

#include <string.h>

static const char *const slides[] = {
    "Kỹ năng công nghệ thông tin cơ bản\n\nBài 1: Làm việc với thư điện tử công vụ",
    "Nội dung buổi học\n\n1. Hộp thư công vụ dùng để làm gì\n2. Soạn, gửi, trả lời\n"
    "3. Đính kèm tệp và dung lượng\n4. An toàn: thư lạ, liên kết lạ",
    "Hộp thư công vụ\n\nChỉ dùng cho công việc.\nKhông gửi tài liệu mật qua thư.\n"
    "Lịch họp xem trên lịch, không chờ thư.",
    "Soạn thư\n\nTiêu đề nói rõ việc gì, cần ai, trước ngày nào.\nMột thư, một việc.",
    "Đính kèm tệp\n\nĐường truyền ở xã hẹp: gửi đường dẫn thay cho tệp lớn.",
    "An toàn\n\nKhông mở tệp của người lạ.\nKhông đưa mật khẩu cho bất kỳ ai, kể cả quản trị viên.",
    "Câu hỏi và thảo luận\n\nBản ghi buổi học có trong lịch sau khi kết thúc.",
};

const char *
ht_slides_get_text (unsigned second)
{
    return slides[second / HT_SLIDE_SECONDS % G_N_ELEMENTS (slides)];
}

void
ht_slides_paint (uint8_t *i420, unsigned width, unsigned height, uint32_t number)
{
    enum { GROUND = 44, BAR = 78, MARK = 190 };
    size_t luma = (size_t) width * height;
    unsigned bar_top = height - height / 24;
    unsigned mark = number * 4 % (width - 32);

    memset (i420, GROUND, luma);
    memset (i420 + (size_t) bar_top * width, BAR, (size_t) (height - bar_top) * width);
    for (unsigned y = bar_top + 4; y < height - 4; y++)
        memset (i420 + (size_t) y * width + mark, MARK, 32);
    memset (i420 + luma, 146, luma / 4);            /* blue above the middle, */
    memset (i420 + luma + luma / 4, 118, luma / 4); /* red below: indigo */
}

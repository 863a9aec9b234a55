/* SPDX-License-Identifier: MIT */

#include "ui/cli/verb.h"

#include <string.h>

#include "ui/cli/words.h"

/* clang-format off */

/* What is shown. */

static const HtViewColumn session_columns[] = {
    { "id", "Mã", "Id" }, { "start", "Bắt đầu", "Start" }, { "end", "Kết thúc", "End" },
    { "state", "Trạng thái", "State" }, { "title", "Tên", "Title" }, { "rooms.name", "Phòng", "Rooms" },
    { "sites.name", "Điểm cầu", "Sites" }, { "trainers.name", "Giảng viên", "Trainers" }, { NULL },
};
static const HtViewColumn session_lines[] = {
    { "id", "Mã", "Id" }, { "seriesId", "Chuỗi", "Series" }, { "kind", "Loại", "Kind" }, { "title", "Tên", "Title" },
    { "description", "Mô tả", "Description" }, { "start", "Bắt đầu", "Start" }, { "end", "Kết thúc", "End" },
    { "zone", "Múi giờ", "Zone" }, { "rule", "Lặp lại", "Rule" }, { "state", "Trạng thái", "State" },
    { "reason", "Lý do", "Reason" }, { "unit.name", "Đơn vị", "Unit" }, { "organiser.name", "Người tổ chức", "Organiser" },
    { "rooms.name", "Phòng", "Rooms" }, { "sites.name", "Điểm cầu", "Sites" }, { "trainers.name", "Giảng viên", "Trainers" },
    { "equipment.name", "Thiết bị", "Equipment" },
    { "rehearsalOf.id", "Tổng duyệt cho", "Rehearses" }, { "rehearsals.id", "Tổng duyệt", "Rehearsals" },
    { "runOn.on", "Tự kéo dài", "Runs on" }, { "job.state", "Ghi hình", "Recording" }, { "job.note", "Ghi chú", "Note" },
    { "may", "Được phép", "You may" }, { "etag", "Phiên bản", "Etag" }, { NULL },
};
static const HtViewColumn occurrence_columns[] = {
    { "start", "Bắt đầu", "Start" }, { "end", "Kết thúc", "End" }, { "clashes.resource.name", "Vướng", "In the way" },
    { "clashes.with.title", "Đang dùng cho", "Taken by" }, { "clashes.with.by", "Của", "Of" },
    { "clashes.with.phone", "Điện thoại", "Telephone" }, { NULL },
};
static const HtViewColumn alternative_columns[] = {
    { "kind", "Thay bằng", "Instead" }, { "start", "Bắt đầu", "Start" }, { "end", "Kết thúc", "End" },
    { "room.name", "Phòng", "Room" }, { "skip", "Bỏ ngày", "Leave out" }, { NULL },
};
static const HtViewColumn slot_columns[] = {
    { "start", "Bắt đầu", "Start" }, { "end", "Kết thúc", "End" }, { "kind", "Loại", "Kind" },
    { "missing.name", "Thiếu", "Missing" }, { "displaces.title", "Thay chỗ", "Displaces" }, { NULL },
};
static const HtViewColumn blocker_columns[] = {
    { "resource.name", "Vướng", "In the way" }, { "with.title", "Đang dùng cho", "Taken by" }, { "with.by", "Của", "Of" },
    { "freeFrom", "Rảnh từ", "Free from" }, { NULL },
};
static const HtViewColumn named_columns[] = { { "id", "Mã", "Id" }, { "name", "Tên", "Name" }, { NULL } };
static const HtViewColumn site_columns[] = {
    { "id", "Mã", "Id" }, { "name", "Điểm cầu", "Site" }, { "seats", "Chỗ", "Seats" }, { NULL },
};
static const HtViewColumn room_columns[] = {
    { "id", "Mã", "Id" }, { "name", "Phòng", "Room" }, { "seats", "Chỗ", "Seats" }, { NULL },
};
static const HtViewColumn equipment_columns[] = {
    { "id", "Mã", "Id" }, { "name", "Thiết bị", "Equipment" }, { "capacity", "Số lượng", "How many" }, { NULL },
};
static const HtViewColumn source_columns[] = {
    { "id", "Mã", "Id" }, { "name", "Nguồn hình", "Source" }, { "kind", "Loại", "Kind" }, { NULL },
};
static const HtViewColumn trainer_columns[] = { { "id", "Mã", "Id" }, { "name", "Giảng viên", "Trainer" }, { NULL } };
static const HtViewColumn unit_columns[] = {
    { "id", "Mã", "Id" }, { "code", "Mã số", "Code" }, { "name", "Đơn vị", "Unit" }, { "type", "Loại", "Type" },
    { "parentId", "Thuộc", "Below" }, { NULL },
};
static const HtViewColumn busy_columns[] = {
    { "resourceId", "Tài nguyên", "Resource" }, { "start", "Bắt đầu", "Start" }, { "end", "Kết thúc", "End" },
    { "amount", "Số lượng", "How many" }, { "title", "Cho", "For" }, { NULL },
};
static const HtViewColumn series_columns[] = {
    { "id", "Mã", "Id" }, { "title", "Tên", "Title" }, { "kind", "Loại", "Kind" }, { "count", "Số buổi", "Sessions" },
    { "next", "Buổi tới", "Next" }, { NULL },
};
static const HtViewColumn person_columns[] = {
    { "id", "Mã", "Id" }, { "login", "Tên đăng nhập", "User" }, { "name", "Họ tên", "Name" }, { "unit.name", "Đơn vị", "Unit" },
    { "roles.role", "Vai trò", "Roles" }, { "phone", "Điện thoại", "Telephone" }, { "email", "Thư", "Mail" },
    { "closed", "Đã đóng", "Closed" }, { NULL },
};
static const HtViewColumn me_lines[] = {
    { "id", "Mã", "Id" }, { "name", "Họ tên", "Name" }, { "unit.name", "Đơn vị", "Unit" }, { "roles.role", "Vai trò", "Roles" },
    { "mustChangePassword", "Phải đổi mật khẩu", "Must change the password" }, { "may", "Được phép", "May" }, { NULL },
};
static const HtViewColumn password_lines[] = {
    { "person.id", "Mã", "Id" }, { "person.login", "Tên đăng nhập", "User" }, { "password", "Mật khẩu dùng một lần", "One-time password" }, { NULL },
};
static const HtViewColumn subscription_columns[] = {
    { "id", "Mã", "Id" }, { "scope", "Phạm vi", "Scope" }, { "name", "Tên", "Name" }, { "address", "Địa chỉ", "Address" }, { NULL },
};
static const HtViewColumn token_columns[] = {
    { "id", "Mã", "Id" }, { "name", "Tên", "Name" }, { "created", "Tạo lúc", "Made" }, { "expires", "Hết hạn", "Expires" }, { NULL },
};
static const HtViewColumn log_columns[] = {
    { "number", "Số", "Number" }, { "at", "Lúc", "At" }, { "actor.name", "Người", "Who" }, { "body.command", "Việc", "What" }, { NULL },
};
static const HtViewColumn outbox_columns[] = {
    { "id", "Mã", "Id" }, { "kind", "Loại", "Kind" }, { "person.name", "Gửi", "To" }, { "attempts", "Lần thử", "Attempts" },
    { "due", "Thử lại", "Next" }, { "givenUp", "Bỏ lúc", "Given up" }, { "note", "Vì sao", "Why" }, { NULL },
};
static const HtViewColumn open_columns[] = {
    { "id", "Mã", "Id" }, { "start", "Bắt đầu", "Start" }, { "stage", "Còn", "Stage" }, { "title", "Tên", "Title" },
    { "nReady", "Sẵn sàng", "Ready" }, { "nSites", "Điểm cầu", "Sites" }, { "open.name", "Còn việc ở", "Questions at" }, { NULL },
};
static const HtViewColumn board_columns[] = {
    { "id", "Mã", "Id" }, { "name", "Điểm cầu", "Site" }, { "onPost", "Có mặt", "On post" }, { "picture", "Hình", "Picture" },
    { "sound", "Tiếng", "Sound" }, { "lineKbps", "Đường truyền", "Line" }, { "technician", "Kỹ thuật viên", "Technician" },
    { "phone", "Điện thoại", "Telephone" }, { "signedBy.name", "Xác nhận", "Signed off" }, { "substitute.name", "Dự phòng", "Substitute" },
    { "questions", "Còn việc", "Questions" }, { NULL },
};
static const HtViewColumn watch_columns[] = {
    { "name", "Kênh", "Track" }, { "live", "Trực tiếp", "Live" }, { "full", "Từ đầu", "From the beginning" },
    { "file.url", "Tệp", "File" }, { NULL },
};
static const HtViewColumn imported_lines[] = {
    { "records", "Bản ghi thay đổi", "Records that change" }, { "number", "Số trong nhật ký", "Number in the log" }, { NULL },
};
static const HtViewColumn number_lines[] = { { "number", "Số trong nhật ký", "Number in the log" }, { NULL } };

static const HtViewColumn clash_columns[] = {
    { "session.id", "Mã", "Id" }, { "session.start", "Bắt đầu", "Start" }, { "session.title", "Tên", "Title" },
    { "session.organiser.name", "Người tổ chức", "Organiser" }, { "resources.name", "Không còn dùng được", "Cannot be had any more" }, { NULL },
};
static const HtViewColumn request_columns[] = {
    { "session.id", "Mã", "Id" }, { "session.start", "Bắt đầu", "Start" }, { "session.title", "Tên", "Title" },
    { "count", "Số buổi", "Sessions" }, { "session.unit.name", "Đơn vị", "Unit" }, { "session.organiser.name", "Người tổ chức", "Organiser" },
    { "competing.title", "Cùng xin", "Also asked for" }, { NULL },
};
static const HtViewColumn quota_columns[] = {
    { "id", "Mã", "Id" }, { "kind", "Loại", "Kind" }, { "unit.name", "Đơn vị", "Unit" }, { "person.name", "Người", "Person" },
    { "each", "Mỗi người", "Each" }, { "amount", "Mức", "Amount" }, { "from", "Từ", "From" }, { "until", "Đến trước", "Until" }, { NULL },
};
static const HtViewColumn resource_columns[] = {
    { "id", "Mã", "Id" }, { "kind", "Loại", "Kind" }, { "name", "Tên", "Name" }, { "unit.name", "Đơn vị", "Unit" },
    { "capacity", "Sức chứa", "Capacity" }, { "seats", "Chỗ", "Seats" }, { "setupMinutes", "Chuẩn bị (phút)", "Set-up (min)" },
    { "teardownMinutes", "Dọn dẹp (phút)", "Tear-down (min)" }, { "closureId", "Lịch đóng cửa", "Closures" }, { NULL },
};
static const HtViewColumn closure_columns[] = {
    { "id", "Mã", "Id" }, { "name", "Tên", "Name" }, { "hours.weekday", "Thứ", "Weekdays" }, { "hours.from", "Mở", "Opens" },
    { "hours.until", "Đóng", "Closes" }, { "days", "Ngày nghỉ", "Closed days" }, { NULL },
};

#define TABLE(name, member, columns) static const HtView name[] = { { member, columns }, { NULL, NULL } }
TABLE (agenda_view, "items", session_columns);
TABLE (session_view, NULL, session_lines);
TABLE (booked_view, "sessions", session_columns);
TABLE (units_view, "items", unit_columns);
TABLE (busy_view, "items", busy_columns);
TABLE (series_view, "items", series_columns);
TABLE (people_view, "items", person_columns);
TABLE (person_view, NULL, person_columns);
TABLE (me_view, NULL, me_lines);
TABLE (password_view, NULL, password_lines);
TABLE (subscriptions_view, "items", subscription_columns);
TABLE (subscription_view, NULL, subscription_columns);
TABLE (tokens_view, "items", token_columns);
TABLE (log_view, "items", log_columns);
TABLE (outbox_view, "items", outbox_columns);
TABLE (open_view, "items", open_columns);
TABLE (board_view, "sites", board_columns);
TABLE (watch_view, "tracks", watch_columns);
TABLE (imported_view, NULL, imported_lines);
TABLE (number_view, NULL, number_lines);
TABLE (profiles_view, "items", named_columns);
TABLE (clashes_view, "items", clash_columns);
TABLE (requests_view, "items", request_columns);
TABLE (quotas_view, "items", quota_columns);
TABLE (quota_view, NULL, quota_columns);
TABLE (resources_view, "items", resource_columns);
TABLE (closures_view, "items", closure_columns);
static const HtView preview_view[] = {
    { "occurrences", occurrence_columns }, { "alternatives", alternative_columns }, { NULL, NULL },
};
static const HtView found_view[] = { { "slots", slot_columns }, { "blockers", blocker_columns }, { NULL, NULL } };
static const HtView places_view[] = {
    { "rooms", room_columns }, { "sites", site_columns }, { "trainers", trainer_columns },
    { "equipment", equipment_columns }, { "sources", source_columns }, { NULL, NULL },
};

/* What is said. */

#define ID(vi, en)                       { "ID", "{id}", HT_VERB_NUMBER, TRUE, NULL, NULL, vi, en }
#define WORD(name, member, type, vi, en) { name, member, type, FALSE, NULL, NULL, vi, en }
#define MUST(name, member, type, vi, en) { name, member, type, TRUE, NULL, NULL, vi, en }
#define SESSION                          ID ("mã buổi", "of the session")

#define OVERRIDE WORD ("override", "override", HT_VERB_TEXT,                       \
                      "lý do để vượt giờ đóng cửa, thời hạn, định mức",                  \
                      "why closures, notice and quotas are set aside")
#define WHAT_IS_BOOKED                                                                                                            \
    WORD ("kind", "kind", HT_VERB_TEXT, "training hoặc conference", "training or conference"),                                   \
    WORD ("unit", "unitId", HT_VERB_NUMBER, "mã đơn vị tổ chức", "unit that holds it"),                                          \
    WORD ("zone", "zone", HT_VERB_TEXT, "múi giờ", "time zone"),                                                                 \
    MUST ("minutes", "minutes", HT_VERB_NUMBER, "số phút", "how long"),                                                          \
    WORD ("room", "rooms", HT_VERB_NUMBERS, "mã phòng", "rooms"),                                                                \
    WORD ("trainer", "trainers", HT_VERB_NUMBERS, "mã giảng viên", "trainers"),                                                  \
    WORD ("main-site", "mainSite", HT_VERB_NUMBER, "mã điểm cầu chính", "main site"),                                            \
    { "site", "sites", HT_VERB_PAIRS, FALSE, NULL, "kbps", "mã điểm cầu[:kbps]", "sites[:kbps]" },                               \
    { "equipment", "equipment", HT_VERB_PAIRS, FALSE, NULL, "amount", "mã thiết bị:số lượng", "equipment:how many" },            \
    WORD ("source", "sources", HT_VERB_NUMBERS, "mã nguồn hình để ghi", "sources to record from")

static const HtVerbWord booking_words[] = {
    MUST ("title", "title", HT_VERB_TEXT, "tên buổi", "what it is called"),
    WORD ("start", "start", HT_VERB_TEXT, "lúc bắt đầu, 2026-11-25T07:30", "when it starts, 2026-11-25T07:30"),
    WORD ("now", "now", HT_VERB_SWITCH, "bắt đầu ngay", "starts now"),
    WHAT_IS_BOOKED,
    WORD ("description", "description", HT_VERB_TEXT, "mô tả", "description"),
    WORD ("rule", "rule", HT_VERB_TEXT, "lặp lại, FREQ=WEEKLY;COUNT=5", "repeats, FREQ=WEEKLY;COUNT=5"),
    WORD ("skip", "skip", HT_VERB_TEXTS, "bỏ ngày", "day to leave out"),
    WORD ("run-on", "runOn", HT_VERB_TEXT, "tự kéo dài: policy, yes hoặc no", "extended by itself: policy, yes or no"),
    WORD ("keep-days", "keepDays", HT_VERB_NUMBER, "giữ bản ghi bao nhiêu ngày", "days to keep the recording"),
    WORD ("audience", "audience", HT_VERB_TEXT, "everybody, units hoặc persons", "everybody, units or persons"),
    WORD ("audience-id", "audienceIds", HT_VERB_NUMBERS, "mã đơn vị hoặc người được xem", "units or persons who may see it"),
    WORD ("hold", "hold", HT_VERB_SWITCH, "xin giữ chỗ, chờ duyệt", "ask for it: held until somebody approves"),
    WORD ("compete", "compete", HT_VERB_SWITCH, "xin cả khi đã có người đặt", "ask for it though the place is taken"),
    WORD ("document", "document", HT_VERB_TEXT, "số giấy mời", "number of the invitation"),
    WORD ("rank", "rank", HT_VERB_TEXT, "training, department, province hoặc government", "training, department, province or government"),
    WORD ("holidays", "holidays", HT_VERB_TEXT, "keep, skip hoặc move", "keep, skip or move"),
    OVERRIDE,
    { NULL },
};
static const HtVerbWord find_words[] = {
    WHAT_IS_BOOKED,
    { "from", "from", HT_VERB_DAY, TRUE, "+0", NULL, "từ ngày (hôm nay)", "first day (today)" },
    { "to", "to", HT_VERB_DAY, TRUE, "+14", NULL, "đến hết ngày (14 ngày nữa)", "last day (in 14 days)" },
    WORD ("hours-from", "hoursFrom", HT_VERB_TEXT, "không trước giờ, 08:00", "not before, 08:00"),
    WORD ("hours-to", "hoursTo", HT_VERB_TEXT, "không sau giờ, 17:00", "not after, 17:00"),
    WORD ("most", "most", HT_VERB_NUMBER, "nhiều nhất bao nhiêu lựa chọn", "the most slots"),
    { NULL },
};
static const HtVerbWord agenda_words[] = {
    { "from", "?from", HT_VERB_DAY, TRUE, "+0", NULL, "từ ngày (hôm nay)", "first day (today)" },
    { "to", "?to", HT_VERB_DAY, TRUE, "+6", NULL, "đến hết ngày (6 ngày nữa)", "last day (in 6 days)" },
    { "scope", "?scope", HT_VERB_TEXT, FALSE, NULL, NULL, "all, unit, mine, site hoặc series", "all, unit, mine, site or series" },
    WORD ("id", "?id", HT_VERB_NUMBER, "mã của phạm vi", "of the scope"),
    WORD ("zone", "?zone", HT_VERB_TEXT, "múi giờ", "time zone"),
    { NULL },
};
static const HtVerbWord busy_words[] = {
    { "RESOURCE", "?resources", HT_VERB_TEXT, TRUE, NULL, NULL, "mã phòng, giảng viên…, cách nhau bằng dấu phẩy", "ids with commas" },
    { "from", "?from", HT_VERB_DAY, TRUE, "+0", NULL, "từ ngày (hôm nay)", "first day (today)" },
    { "to", "?to", HT_VERB_DAY, TRUE, "+7", NULL, "đến trước ngày", "the day after the last" },
    { NULL },
};
#define SCOPE WORD ("scope", "scope", HT_VERB_TEXT, "this, following hoặc all", "this, following or all")
static const HtVerbWord move_words[] = {
    SESSION, MUST ("start", "start", HT_VERB_TEXT, "lúc bắt đầu mới", "the new start"),
    MUST ("minutes", "minutes", HT_VERB_NUMBER, "số phút", "how long"), WORD ("zone", "zone", HT_VERB_TEXT, "múi giờ", "time zone"),
    SCOPE, OVERRIDE, WORD ("etag", "@", HT_VERB_TEXT, "từ chối nếu đã đổi khác phiên bản này", "refuse where it changed since"), { NULL },
};
static const HtVerbWord cancel_words[] = {
    SESSION, MUST ("reason", "reason", HT_VERB_TEXT, "vì sao", "why"), SCOPE, { NULL },
};
static const HtVerbWord extend_words[] = {
    SESSION, MUST ("minutes", "minutes", HT_VERB_NUMBER, "thêm bao nhiêu phút", "how much longer"), OVERRIDE, { NULL },
};
static const HtVerbWord rehearse_words[] = {
    SESSION, WORD ("lead", "lead", HT_VERB_TEXT, "day-before hoặc hour-before", "day-before or hour-before"),
    WORD ("start", "start", HT_VERB_TEXT, "lúc bắt đầu, thay cho --lead", "when it starts, instead of --lead"),
    WORD ("zone", "zone", HT_VERB_TEXT, "múi giờ", "time zone"), WORD ("minutes", "minutes", HT_VERB_NUMBER, "số phút (30)", "how long (30)"),
    WORD ("site", "sites", HT_VERB_NUMBERS, "chỉ các điểm cầu này (tất cả)", "these sites alone (all)"),
    WORD ("stays", "stays", HT_VERB_SWITCH, "giữ nguyên giờ khi buổi chính đổi giờ", "keeps its time where that moves"), { NULL },
};
static const HtVerbWord run_on_words[] = {
    SESSION, MUST ("ON", "on", HT_VERB_YES_NO, "yes hoặc no", "yes or no"), { NULL },
};
static const HtVerbWord readiness_words[] = {
    WORD ("days", "?days", HT_VERB_NUMBER, "mấy ngày tới (2)", "days ahead (2)"), { NULL },
};
#define SITE { "SITE", "{site}", HT_VERB_NUMBER, TRUE, NULL, NULL, "mã điểm cầu", "of the site" }
static const HtVerbWord check_words[] = {
    SESSION, SITE, WORD ("on-post", "onPost", HT_VERB_TEXT, "kỹ thuật viên có mặt: yes, no, unknown", "the technician: yes, no, unknown"),
    WORD ("picture", "picture", HT_VERB_TEXT, "hình: yes, no, unknown", "picture: yes, no, unknown"),
    WORD ("sound", "sound", HT_VERB_TEXT, "tiếng: yes, no, unknown", "sound: yes, no, unknown"),
    WORD ("line", "lineKbps", HT_VERB_NUMBER, "kbit/s đo được; -1: quên", "kbit/s measured; -1 forgets"),
    WORD ("signed-off", "signedOff", HT_VERB_TEXT, "sẵn sàng: yes, no", "it is ready: yes, no"),
    WORD ("technician", "technician", HT_VERB_TEXT, "kỹ thuật viên trực", "who is there"), WORD ("phone", "phone", HT_VERB_TEXT, "điện thoại", "telephone"),
    WORD ("note", "note", HT_VERB_TEXT, "ghi chú", "note"),
    WORD ("substitute", "substituteId", HT_VERB_NUMBER, "điểm cầu dự phòng; -1: không", "site that could take over; -1: none"), { NULL },
};
static const HtVerbWord substitute_words[] = {
    SESSION, SITE, WORD ("by", "substituteId", HT_VERB_NUMBER, "điểm cầu vào thay (điểm cầu dự phòng)", "site that takes over (the one named)"),
    WORD ("reason", "reason", HT_VERB_TEXT, "vì sao", "why"), { NULL },
};
static const HtVerbWord edit_words[] = {
    SESSION, SCOPE, WORD ("title", "title", HT_VERB_TEXT, "tên buổi", "what it is called"),
    WORD ("description", "description", HT_VERB_TEXT, "mô tả", "description"),
    WORD ("start", "start", HT_VERB_TEXT, "lúc bắt đầu mới", "the new start"),
    WORD ("minutes", "minutes", HT_VERB_NUMBER, "số phút", "how long"), WORD ("zone", "zone", HT_VERB_TEXT, "múi giờ", "time zone"),
    WORD ("unit", "unitId", HT_VERB_NUMBER, "mã đơn vị tổ chức", "unit that holds it"),
    WORD ("room", "rooms", HT_VERB_NUMBERS, "mã phòng", "rooms"), WORD ("trainer", "trainers", HT_VERB_NUMBERS, "mã giảng viên", "trainers"),
    WORD ("main-site", "mainSite", HT_VERB_NUMBER, "mã điểm cầu chính", "main site"),
    { "site", "sites", HT_VERB_PAIRS, FALSE, NULL, "kbps", "mã điểm cầu[:kbps]", "sites[:kbps]" },
    { "equipment", "equipment", HT_VERB_PAIRS, FALSE, NULL, "amount", "mã thiết bị:số lượng", "equipment:how many" },
    WORD ("source", "sources", HT_VERB_NUMBERS, "mã nguồn hình để ghi", "sources to record from"),
    WORD ("reason", "reason", HT_VERB_TEXT, "vì sao", "why"), OVERRIDE, { NULL },
};
static const HtVerbWord change_many_words[] = {
    MUST ("ACTION", "action", HT_VERB_TEXT, "move hoặc cancel", "move or cancel"),
    { "from", "from", HT_VERB_DAY, TRUE, NULL, NULL, "từ ngày", "first day" },
    { "until", "until", HT_VERB_DAY, TRUE, NULL, NULL, "đến hết ngày", "last day" },
    WORD ("unit", "unitId", HT_VERB_NUMBER, "mã đơn vị, cùng cấp dưới", "a unit, with what lies below"),
    WORD ("site", "siteId", HT_VERB_NUMBER, "mã điểm cầu", "a site"), WORD ("resource", "resourceId", HT_VERB_NUMBER, "mã phòng, đường truyền…", "a room, a link…"),
    WORD ("days", "days", HT_VERB_NUMBER, "dời bao nhiêu ngày", "by how many days"), WORD ("to-day", "toDay", HT_VERB_DAY, "ngày đầu thành ngày này", "the first day becomes this one"),
    WORD ("minutes", "minutes", HT_VERB_NUMBER, "dời bao nhiêu phút", "by how many minutes"),
    WORD ("reason", "reason", HT_VERB_TEXT, "vì sao", "why"), WORD ("those", "those", HT_VERB_TEXT, "all hoặc fitting", "all or fitting"), OVERRIDE, { NULL },
};
static const HtVerbWord approve_words[] = {
    SESSION, WORD ("only", "only", HT_VERB_SWITCH, "chỉ buổi này", "this session alone"),
    WORD ("document", "document", HT_VERB_TEXT, "số giấy mời", "number of the invitation"), OVERRIDE, { NULL },
};
static const HtVerbWord refuse_words[] = {
    SESSION, WORD ("only", "only", HT_VERB_SWITCH, "chỉ buổi này", "this session alone"),
    MUST ("reason", "reason", HT_VERB_TEXT, "vì sao", "why"), { NULL },
};
static const HtVerbWord hold_words[] = { SESSION, WORD ("only", "only", HT_VERB_SWITCH, "chỉ buổi này", "this session alone"), { NULL } };
static const HtVerbWord document_words[] = {
    SESSION, MUST ("document", "document", HT_VERB_TEXT, "số giấy mời", "number of the invitation"), { NULL },
};
#define QUOTA                                                                                                                    \
    MUST ("kind", "kind", HT_VERB_TEXT, "hours-week, concurrent, notice hoặc horizon", "hours-week, concurrent, notice or horizon"), \
    MUST ("amount", "amount", HT_VERB_NUMBER, "mức", "hours a week, sessions at once, hours of notice, days ahead"),             \
    WORD ("unit", "unitId", HT_VERB_NUMBER, "mã đơn vị, cùng cấp dưới", "a unit, with what lies below"),                         \
    WORD ("person", "personId", HT_VERB_NUMBER, "mã người", "a person"),                                                         \
    WORD ("each", "each", HT_VERB_SWITCH, "cho mỗi người tổ chức", "for each organiser"),                                        \
    WORD ("from", "from", HT_VERB_DAY, "từ ngày", "from this day on"),                                                           \
    WORD ("until", "until", HT_VERB_DAY, "đến trước ngày", "until before this day"), { NULL }
static const HtVerbWord add_quota_words[] = { QUOTA };
static const HtVerbWord set_quota_words[] = { ID ("mã định mức", "of the quota"), QUOTA };
static const HtVerbWord session_words[] = { SESSION, { NULL } };
static const HtVerbWord person_words[] = { ID ("mã người dùng", "of the person"), { NULL } };
static const HtVerbWord subscription_words[] = { ID ("mã đăng ký", "of the subscription"), { NULL } };
static const HtVerbWord token_words[] = { ID ("mã số", "of the token"), { NULL } };
static const HtVerbWord undo_words[] = {
    { "NUMBER", "number", HT_VERB_NUMBER, TRUE, NULL, NULL, "số trong nhật ký", "number in the log" }, { NULL },
};
static const HtVerbWord subscribe_words[] = {
    MUST ("SCOPE", "scope", HT_VERB_TEXT, "person, unit, site hoặc series", "person, unit, site or series"),
    WORD ("id", "id", HT_VERB_NUMBER, "mã của phạm vi", "of the scope"), { NULL },
};
static const HtVerbWord import_words[] = {
    MUST ("WHAT", "what", HT_VERB_TEXT, "units, closures, hours, links, resources, people, sites, sources hoặc profiles",
          "units, closures, hours, links, resources, people, sites, sources or profiles"),
    MUST ("FILE", "text", HT_VERB_FILE, "tệp CSV; - là đầu vào chuẩn", "a CSV file; - is the standard input"),
    WORD ("dry-run", "dryRun", HT_VERB_SWITCH, "chỉ kiểm tra, không thay đổi gì", "say what is wrong, change nothing"), { NULL },
};
static const HtVerbWord log_words[] = { WORD ("from", "?from", HT_VERB_NUMBER, "từ số", "from this number on"), { NULL } };
static const HtVerbWord add_person_words[] = {
    MUST ("LOGIN", "login", HT_VERB_TEXT, "tên đăng nhập", "how they sign in"), MUST ("NAME", "name", HT_VERB_TEXT, "họ tên", "what they are called"),
    WORD ("unit", "unitId", HT_VERB_NUMBER, "mã đơn vị", "unit"), WORD ("phone", "phone", HT_VERB_TEXT, "điện thoại", "telephone"),
    WORD ("email", "email", HT_VERB_TEXT, "địa chỉ thư", "mail address"),
    WORD ("teaches", "teaches", HT_VERB_SWITCH, "là giảng viên", "can be booked as a trainer"), { NULL },
};

static const HtVerb verbs[] = {
    { "me", "GET", "/api/v1/me", NULL, me_view, "tôi là ai", "who one is" },
    { "agenda", "GET", "/api/v1/agenda", agenda_words, agenda_view, "lịch", "the sessions of some days" },
    { "show", "GET", "/api/v1/sessions/{id}", session_words, session_view, "một buổi", "one session" },
    { "preview", "POST", "/api/v1/sessions/preview", booking_words, preview_view, "xem trước: có vướng gì không", "what a booking would do" },
    { "book", "POST", "/api/v1/sessions", booking_words, booked_view, "đặt lịch", "book a session or a series" },
    { "find-time", "POST", "/api/v1/find-time", find_words, found_view, "tìm giờ còn trống", "when it could be" },
    { "move", "POST", "/api/v1/sessions/{id}/move", move_words, session_view, "đổi giờ", "another time" },
    { "cancel", "POST", "/api/v1/sessions/{id}/cancel", cancel_words, session_view, "hủy", "it does not take place" },
    { "edit", "POST", "/api/v1/sessions/{id}/edit", edit_words, session_view, "sửa", "other contents, another time" },
    { "change-many", "POST", "/api/v1/sessions/change-many", change_many_words, number_view, "đổi hoặc hủy nhiều buổi", "move or cancel many at once" },
    { "extend", "POST", "/api/v1/sessions/{id}/extend", extend_words, session_view, "kéo dài", "a later end" },
    { "start", "POST", "/api/v1/sessions/{id}/start", session_words, session_view, "bắt đầu ngay", "start now" },
    { "stop", "POST", "/api/v1/sessions/{id}/stop", session_words, session_view, "kết thúc ngay", "end now" },
    { "rehearse", "POST", "/api/v1/sessions/{id}/rehearsals", rehearse_words, session_view, "thêm tổng duyệt", "book a rehearsal of it" },
    { "run-on", "POST", "/api/v1/sessions/{id}/run-on", run_on_words, session_view, "tự kéo dài khi gần hết giờ", "whether it is extended by itself" },
    { "readiness", "GET", "/api/v1/readiness", readiness_words, open_view, "các buổi còn điểm cầu chưa sẵn sàng", "sessions whose sites have open questions" },
    { "board", "GET", "/api/v1/sessions/{id}/readiness", session_words, board_view, "bảng sẵn sàng của một buổi", "how ready its sites are" },
    { "check", "PUT", "/api/v1/sessions/{id}/readiness/{site}", check_words, board_view, "báo tình trạng một điểm cầu", "say how ready a site is" },
    { "substitute", "POST", "/api/v1/sessions/{id}/readiness/{site}/substitute", substitute_words, board_view, "thay điểm cầu", "another site takes over" },
    { "watch", "GET", "/api/v1/sessions/{id}/watch", session_words, watch_view, "có gì để xem", "what there is to watch" },
    { "requests", "GET", "/api/v1/approvals", NULL, requests_view, "các yêu cầu chờ duyệt", "what waits for approval" },
    { "approve", "POST", "/api/v1/sessions/{id}/approve", approve_words, NULL, "duyệt", "approve a request" },
    { "refuse", "POST", "/api/v1/sessions/{id}/refuse", refuse_words, NULL, "từ chối", "refuse a request" },
    { "hold", "POST", "/api/v1/sessions/{id}/hold", hold_words, NULL, "giữ chỗ cho bản nháp", "hold the place of a draft" },
    { "document", "POST", "/api/v1/sessions/{id}/document", document_words, NULL, "ghi số giấy mời", "name the invitation" },
    { "clashes", "GET", "/api/v1/clashes", NULL, clashes_view, "các buổi bị vướng do đóng cửa", "sessions that a closure hits" },
    { "undo", "POST", "/api/v1/undo", undo_words, number_view, "hoàn tác một thay đổi của mình", "take back a change of one's own" },
    { "busy", "GET", "/api/v1/busy", busy_words, busy_view, "khi nào bận", "when resources are taken" },
    { "series", "GET", "/api/v1/series", NULL, series_view, "các khóa và chuỗi", "courses and series" },
    { "places", "GET", "/api/v1/places", NULL, places_view, "phòng, điểm cầu, giảng viên, thiết bị", "what can be booked" },
    { "resources", "GET", "/api/v1/resources", NULL, resources_view, "mọi tài nguyên và sức chứa", "all resources and their capacity" },
    { "closures", "GET", "/api/v1/closures", NULL, closures_view, "giờ làm việc và ngày nghỉ", "working hours and closed days" },
    { "quotas", "GET", "/api/v1/quotas", NULL, quotas_view, "các định mức", "quotas, notice and horizon" },
    { "add-quota", "POST", "/api/v1/quotas", add_quota_words, quota_view, "thêm định mức", "a new quota" },
    { "set-quota", "POST", "/api/v1/quotas/{id}", set_quota_words, quota_view, "đổi định mức", "another amount of a quota" },
    { "profiles", "GET", "/api/v1/profiles", NULL, profiles_view, "các cách tham gia của điểm cầu", "how sites may take part" },
    { "units", "GET", "/api/v1/units", NULL, units_view, "các đơn vị hôm nay", "the units of today" },
    { "subscriptions", "GET", "/api/v1/subscriptions", NULL, subscriptions_view, "lịch đã đăng ký", "one's own calendars" },
    { "subscribe", "POST", "/api/v1/subscriptions", subscribe_words, subscription_view, "đăng ký một lịch", "the address of a calendar" },
    { "renew", "POST", "/api/v1/subscriptions/{id}/renew", subscription_words, subscription_view, "đổi địa chỉ lịch", "another address; the old one is gone" },
    { "unsubscribe", "POST", "/api/v1/subscriptions/{id}/end", subscription_words, NULL, "thôi đăng ký", "end a calendar's address" },
    { "import", "POST", "/api/v1/import", import_words, imported_view, "nhập bảng CSV", "take in a table" },
    { "people", "GET", "/api/v1/people", NULL, people_view, "các tài khoản", "all accounts" },
    { "person", "GET", "/api/v1/people/{id}", person_words, person_view, "một tài khoản", "one account" },
    { "add-person", "POST", "/api/v1/people", add_person_words, password_view, "thêm tài khoản", "a new account" },
    { "reset-password", "POST", "/api/v1/people/{id}/password", person_words, password_view, "cấp mật khẩu mới", "a new one-time password" },
    { "close-person", "POST", "/api/v1/people/{id}/close", person_words, person_view, "đóng tài khoản", "close an account" },
    { "log", "GET", "/api/v1/log", log_words, log_view, "nhật ký", "the log" },
    { "outbox", "GET", "/api/v1/outbox", NULL, outbox_view, "thư chưa gửi được", "mails that wait or were given up" },
    { "tokens", "GET", "/api/v1/me/tokens", NULL, tokens_view, "mã truy cập của mình", "one's own tokens" },
    { "end-token", "POST", "/api/v1/me/tokens/{id}/end", token_words, NULL, "thu hồi mã truy cập", "end a token" },
};
/* clang-format on */

const HtVerb *
ht_verb_get_all (unsigned *ret_n)
{
    *ret_n = G_N_ELEMENTS (verbs);
    return verbs;
}

const HtVerb *
ht_verb_find (const char *name)
{
    for (unsigned i = 0; i < G_N_ELEMENTS (verbs); i++)
        if (strcmp (verbs[i].name, name) == 0)
            return &verbs[i];
    return NULL;
}

static void
append_word (GString *help, const HtVerbWord *word)
{
    gboolean by_place = g_ascii_isupper (word->name[0]);
    g_autofree char *shown =
        by_place ? g_strdup (word->name)
                 : g_strconcat ("--", word->name, word->type == HT_VERB_SWITCH ? "" : " …", NULL);

    g_string_append_printf (help, "  %-18s %s%s\n", shown, ht_words_pick (word->vi, word->en),
                            word->required && word->standard == NULL
                                ? ht_words_pick (" (bắt buộc)", " (required)")
                                : "");
}

char *
ht_verb_make_help (const HtVerb *verb)
{
    GString *help = g_string_new (NULL);

    g_string_append_printf (help, "hoitruong %s", verb->name);
    for (const HtVerbWord *word = verb->words; word != NULL && word->name != NULL; word++)
        if (g_ascii_isupper (word->name[0]))
            g_string_append_printf (help, " %s", word->name);
    g_string_append_printf (help, " […]: %s\n%s %s\n\n", ht_words_pick (verb->vi, verb->en),
                            verb->method, verb->path);
    for (const HtVerbWord *word = verb->words; word != NULL && word->name != NULL; word++)
        append_word (help, word);
    g_string_append_printf (help, "  %-18s %s\n", "--json",
                            ht_words_pick ("in nguyên câu trả lời", "print the answer as it is"));
    return g_string_free (help, FALSE);
}
